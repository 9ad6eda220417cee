"""Products, projects and events told by their form or by the noun right beside them, in names nobody listed.

French sets the noun before (``la sonde Aditya-L1``, ``le parc éolien en mer de Ventéole``), English behind (``the
Rattlesnake Ridge wind farm``, ``at the Octopus Tech Summit``). Where every word of a headline has a capital, a name's
beginning cannot be seen, so that English names are taken only after a word in lower case.
"""

import re
from collections.abc import Iterator

from watcher.model.mention import Kind
from watcher.nlp.names import fold
from watcher.nlp.spans import Span
from watcher.nlp.words import any_of, read_words

_CAP = r"(?:[A-ZÀ-ÖØ-Þ][\w’'&+/.-]*\w|[A-ZÀ-Þ]|\d{1,4})(?!\w)"
_NAME = rf"(?=[A-ZÀ-Þ]){_CAP}(?: {_CAP}){{0,3}}"
_QUOTE = r"[«“\"‘]?[ \u00a0\u202f]?"
# Nouns after which French puts the name of the very thing, and seldom that of its maker.
_SHIPS = (
    r"(?:sonde|rover|capsule|navette spatiale|atterrisseur|alunisseur|nanosatellite|télescope(?: spatial)?|frégate"
    r"|corvette|sous-marin|brise-glaces?(?: nucléaire)?|porte-avions|pétrolier|vraquier|porte-conteneurs|méthanier"
    r"|voilier|catamaran|paquebot|câblier|navire(?: (?:humanitaire|câblier|hôpital|ambulance|école|d[’']installation))?"
    r"|navire-[a-zà-ÿ]+|drone (?:spatial|naval|martien|sous-marin)|supercalculateur"
    r"|logiciel(?: (?:libre|espion|open source))?|application(?: mobile)?|appli|jeu vidéo|messagerie|chatbot"
    r"|agent conversationnel|plateforme|robot humanoïde|démonstrateur|prototype)"
)
_NATION = r"(?: [a-zà-ÿ-]+(?:ais|ois|ien|éen|ain|and|ol|que|sse|ne|aise|enne|éenne|aine|ole|e))?"
_THING_FR = rf"(?<![\w-]){_SHIPS}{_NATION} {_QUOTE}(?P<name>{_NAME})"
_MISSION_FR = rf"(?<![\w-])[Mm]ission(?: spatiale| lunaire| martienne)? {_QUOTE}(?P<name>{_NAME})"
_SPACE = re.compile(
    r"\b(?:nasa|esa|cnes|jaxa|isro|lune|mars|moon|orbit\w*|spatiale?s?|satellites?|fusées?|space\w*|rockets?|alunis\w+"
    r"|astéroïde|asteroid|lander)\b",
    re.IGNORECASE,
)
_WIND_FR = r"(?: (?:pilotes?|éoliens?|éoliennes?|offshore|flottante?s?|posés?|en mer|marins?))+"
_FARM_FR = rf"(?:(?:parcs?|champs?|fermes?|projets?){_WIND_FR}|projet|programme) {_QUOTE}(?P<name>{_NAME})"
_FARM_OF_FR = (
    rf"(?:parcs?|champs?|fermes?){_WIND_FR} (?:de |du |des |d[’'])(?:la |les |l[’'])?{_QUOTE}"
    rf"(?P<name>{_NAME}(?:-{_CAP})*)"
)
# English names begin after a word in lower case that is no part of one (*Neart na Gaoithe*).
_AFTER = r"(?<![\w’'-])(?!(?:na|an|and|de|or|nan|a|of)\b)[a-z][\w’'-]*,? "
_NAME_EN = rf"(?=[A-ZÀ-Þ]){_CAP}(?: (?:na |nan |de |of |& |and )?{_CAP}){{0,3}}"
_POWER = r"\d[\d.,]* ?[MG]W "
_KINDS_EN = r"(?:(?:offshore|onshore|floating|nearshore|solar|green|hydrogen|battery|storage|demonstration|research) )*"
_FARM_EN = (
    rf"{_AFTER}(?:{_POWER})?(?P<name>{_NAME_EN})(?= (?:{_POWER})?{_KINDS_EN}"
    r"(?:wind ?(?:farm|park|project|array)|project|interconnector|demonstrator|array|scheme|initiative)\b)"
)
_POWER_EN = (
    rf"{_POWER}(?P<name>{_NAME_EN})(?= {_KINDS_EN}(?:wind|project|farm|array|interconnector|site|development)\b)"
)
_CRAFTS = (
    r"(?:spacecraft|rover|lander|orbiter|space telescope|telescope|space ?plane|capsule|frigate|submarine|icebreaker"
    r"|vessel|supercomputer|chatbot|operating system|software|app|spyware|headset)\b"
)
_CRAFT_EN = rf"{_AFTER}(?P<name>{_NAME_EN})(?= {_CRAFTS})"
_FAIR = (
    rf"(?P<name>(?=[A-ZÀ-Þ])(?:{_CAP} |(?:of|on|and|for|in|&) ){{1,6}}"
    rf"(?=[A-Z])(?i:{any_of('fairs')})(?: 20\d\d)?)(?!\w)"
)
_FAIR_EN = rf"{_AFTER}{_FAIR}"
_FAIR_IN_FR = rf"(?:\b[Ll][’']|\b[Ll]e |\b[Ll]a |\b[Dd]u |\b[Aa]u ){_FAIR}"
_AT = r"(?:de|du|d[’']|des)"
_YEAR_FAIR = (
    rf"(?:\b[Aa]t|[Ll]ors {_AT}|l[’']occasion {_AT}|marge {_AT}|\b[Aa]u salon|\bdu salon|\b[Ss]alon)"
    rf" ?(?P<name>(?=[A-ZÀ-Þ]){_CAP}(?: {_CAP}){{0,4}} 20\d\d)\b"
)
_SALON = rf"(?<![\w-])(?:[Ss]alons?|[Ff]oire|[Cc]ongrès) {_QUOTE}(?P<name>{_NAME})"
# HiBattery 4020 X, PowerNest R5, NixOps 1.1: capitals inside a word, then a number that is no year or quarter.
_MADE = (
    r"(?P<name>(?<![\w/.@-])(?!Mac[A-Z]|Mc[A-Z])[A-Z][a-z]+[A-Z][A-Za-z]+ (?!(?:19|20)\d\d(?!\d)|[QHTS]\d(?!\d))"
    r"(?:[A-Z]{0,3}\d{1,5}[A-Z]{0,2}(?:\.\d+)*(?:(?:alpha|beta|rc)\d?)?)"
    r"(?: (?:X|Pro|Max|Plus|Ultra|Lite|Mini|Air|SE|RTK)(?!\w))*)(?![\w-])"
)
_SOVIET = r"(?P<name>(?<![\w-])(?:Tu|Su|Il|An|Ka|Mi|Yak|MiG)-\d{1,3}[A-Z]{0,2})(?![\w-])"
# Each rule has a word that its text must hold: looking for it first costs a tenth of trying the rule everywhere.
_FAIR_HINT = rf"\b(?=[A-Z])(?i:{any_of('fairs')})(?!\w)"
_SOURCES: dict[str, tuple[tuple[Kind, str, str], ...]] = {
    "fr": (
        ("PRODUCT", _SHIPS, _THING_FR),
        ("PROJECT", r"projet|programme|éolien|pilote|offshore|en mer|flottant", _FARM_FR),
        ("PROJECT", r"éolien|pilote|offshore|en mer|flottant", _FARM_OF_FR),
        ("EVENT", r"[Ss]alon|[Ff]oire|[Cc]ongrès", _SALON),
        ("EVENT", _FAIR_HINT, _FAIR_IN_FR),
    ),
    "en": (
        ("PROJECT", r"\b(?:wind|project|interconnector|demonstrator|array|scheme|initiative)", _FARM_EN),
        ("PROJECT", r"\d ?[MG]W [A-Z]", _POWER_EN),
        ("PRODUCT", rf" {_CRAFTS}", _CRAFT_EN),
        ("EVENT", _FAIR_HINT, _FAIR_EN),
    ),
    "": (
        ("EVENT", r"20\d\d", _YEAR_FAIR),
        ("PRODUCT", r"[a-z][A-Z][A-Za-z]+ [A-Z\d]", _MADE),
        ("PRODUCT", r"[a-zG]-\d", _SOVIET),
    ),
}
_RULES = {
    language: tuple((kind, re.compile(hint), re.compile(pattern)) for kind, hint, pattern in rules)
    for language, rules in _SOURCES.items()
}
_MISSION = re.compile(_MISSION_FR)
# *Ørsted's Hornsea Three*, *Shell-led Mayflower*: whose a thing is stands before its name.
_OWNER = re.compile(r".*[’']s (?=\S)|(?:\S+-(?:led|backed|owned|based|bound|run|built|made) )+")


def find_things(text: str, language: str | None) -> Iterator[Span]:
    """Yield names with the kind that their form or the noun beside them gives."""
    for kind, hint, pattern in (*_RULES.get(language or "", ()), *_RULES[""]):
        if hint.search(text):
            for match in pattern.finditer(text):
                yield from _span(match, kind)
    if language == "fr" and "ission " in text and _SPACE.search(text):
        for match in _MISSION.finditer(text):
            yield from _span(match, "PRODUCT")


def _span(match: re.Match[str], kind: Kind) -> Iterator[Span]:
    """Yield the name of a match without owners and demonyms before it, when its words are more than plain ones."""
    name = match["name"].rstrip(".,’'")
    if kind != "EVENT":
        name = _without_owner(name)
    start = match.start("name") + match["name"].index(name)
    nothing = read_words("plain") | read_words("demonyms") | read_words("generic")
    words = [fold(word) for word in name.split()]
    is_plain = all(word in nothing or word.isdigit() for word in words) or (kind != "EVENT" and words[0] in nothing)
    if not is_plain and name[0].isupper() and name[-2:] not in {"’s", "'s"}:
        yield Span(kind=kind, start=start, end=start + len(name), source="text")


def _without_owner(name: str) -> str:
    if owner := _OWNER.match(name):
        name = name[owner.end() :]
    first, _, rest = name.partition(" ")
    return _without_owner(rest) if rest and fold(first) in read_words("demonyms") else name
