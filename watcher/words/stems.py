"""One stem for both languages, so that cognates meet: ``circulaire`` and ``circular``, ``logistique`` and ``logistics``.

A light suffix stripper on purpose: stories compare French with English, and a stemmer for each language would give
two spellings to what the eye sees as one word. Endings are stripped once, longest first, leaving four letters.
"""

import re
from functools import lru_cache

from watcher.words.folding import key_of

_ENDINGS = tuple(
    sorted(
        "issement isation ization ements ement ment ation ateur atrice ator euse eur ique ical isme ism iste ist ite ity iti "
        "ante ant ente ent ance ence ency enci anci aire ary ari ar ee er or ir ing ed ly ness able ible ive if ic al el elle ien ienne "
        "ian ion iser izer ise ize eront era aient ait ure ie i e".split(),
        key=len,
        reverse=True,
    )
)
_LEAST = 4  # letters that a stem keeps
_LEAST_VOWEL = 5  # a bare final vowel falls only from longer words: "vente" is not "vent"

_DOUBLED = re.compile(r"([bcdfglmnprst])\1")

STOP = frozenset(
    key_of(word)
    for word in (
        "le la les un une des de du d l et en à au aux pour par sur dans avec son sa ses ce cet cette ces qui que quoi dont où ou ni ne pas "
        "plus moins il elle ils elles on nous vous je tu se sont est être été était a ont avoir avait avez fait faire fera comme mais donc or car "
        "si leur leurs notre nos votre vos mon ma mes tout tous toute toutes très bien aussi ainsi après avant depuis pendant sous entre vers chez "
        "sans contre selon lors dès déjà encore toujours jamais ici là y même mêmes autre autres peut peuvent doit doivent va vont cela ça ceux celle "
        "the an of to in for on and with from at as by is are was were be been being it its this that these those he she they we you i his her their "
        "our your not no nor or but if so than then there here when where who whom which what why how all any both each few more most other some "
        "such only own same too very can will just should would could may might must do does did has have had having up down out off over under again "
        "further once about into through during before after above below between new says said say us also amid via per "
        "voici voilà quand comment pourquoi combien quel quelle quels quelles chaque plusieurs deux trois one two three first "
        "premier première suite jour jours année années an ans year years day days week weeks semaine mois month months today "
        "nouveau nouvelle nouveaux nouvelles grand grande grands grandes big sera seront mis mise "
        "photo photos video vidéo vidéos direct live breaking exclusif exclusive replay podcast interview edito tribune info infos lire read"
    ).split()
)


@lru_cache(maxsize=65_536)
def stem(key: str) -> str:
    """Return the stem of a word key (see `folding.key_of`); figures and short words stay as they are."""
    if len(key) <= _LEAST or not key.isalpha():
        return key
    if key.endswith("ique"):
        key = key[:-3] + "c"
    for ending in _ENDINGS:
        least = _LEAST_VOWEL if len(ending) == 1 else _LEAST
        if key.endswith(ending) and len(key) - len(ending) >= least:
            key = key[: -len(ending)]
            break
    return _DOUBLED.sub(r"\1", key)  # "développement" and "development"


def is_content(key: str) -> bool:
    """Return whether a word key says anything: no stop word, no lone letter, no bare short number."""
    return key not in STOP and (len(key) > 2 or (len(key) == 2 and not key.isdigit()))
