"""Which names that only the model claims are believed.

On real items most of what the model alone calls a product, project or event is a film, a headline word or an acronym of
the trade. A product nobody knows looks like one (a type code, capitals inside a word, a number at its end), stands
beside what it is (``sonde X``, ``X drone``) or is being launched; a project has its head word or its megawatts; an
event says that it is one. Firms and places nobody knows need words beside them too.
"""

import re

from watcher.model.mention import Kind
from watcher.nlp.context import apposed_kind, kinds_beside, strong_kind
from watcher.nlp.names import split_words
from watcher.nlp.words import any_of, read_words

_REACH = 60
_CODE = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]{2,14}|[A-Z][A-Za-z]{0,3}-\d{1,4}")
_CAMEL = re.compile(r"(?<![^\W_])(?!Ma?c[A-Z]|O['’])[^\W\d_]*[a-zà-ÿ][A-ZÀ-Þ][^\W_]*")
_NUMBERED = re.compile(r"[^\W\d_]{2,} (?:\d{1,4}(?:\.\d+)*|[IVX]{1,4})(?: [A-Z][^\W\d_]*)?")
_YEARED = re.compile(r"(?:19|20)\d\d(?:\b|$)")
# Sizes, places of a list and of a calendar, roads, strains and formulas look like type codes.
_ELEMENT = (
    r"(?:H|Li|B|C|N|O|F|Na|Mg|Al|Si|P|S|Cl|K|Ca|Ti|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Sr|Y|Zr|Nb|Mo|Ag|Cd|In|Sn"
    r"|Sb|Te|I|Ba|La|Nd|Er|Yb|Hf|Ta|W|Pt|Au|Pb|Bi)\d?"
)
_NO_CODE = re.compile(
    r"\d+[a-zà-ÿ]+|\d+(?:K|D|G|P|MP|MW|GW|kW|M|B|GB|TB|Go|To|W|V|Hz|GHz|MHz|A|S)|[QTHSGMU]\d{1,2}|S\d+E\d+|H\dN\d"
    rf"|(?:{_ELEMENT}){{2,}}|(?:RN|RD|RA|AT|SN|AB|SB|HR|UTC|GMT)-?\d+[a-z]*|[ADENM]\d{{1,3}}"
)
_COUNTED = re.compile(rf"{any_of('counted')}\b", re.IGNORECASE)
_ARTS = re.compile(rf"\b{any_of('arts')}\b", re.IGNORECASE)
_THING_RIGHT = re.compile(
    r"(?:[’'”\"»]? |-)(?:(?:combat|strike|attack|kamikaze|electric|autonomous|space|smart|AI|light|heavy|stealth"
    rf"|\w+-\w+|\d+) ){{0,2}}{any_of('things.en')}\b",
    re.IGNORECASE,
)
_THING_LEFT = re.compile(
    rf"(?:^|[^\w-])(?:{any_of('things.fr')}"
    r"(?: (?:spatiale?|martien|lunaire|solaire|américaine?|russe|chinoise?|iranien|turc|français|européen|navale?"
    r"|militaire|hybride|électrique|autonome|portable|privée?|grand public))?"
    r"|app|software|aircraft|quadcopter|headset|vessel|spacecraft|telescope|plug-?in|baptisée?s?|dénommée?s?"
    r"|surnommée?s?|dubbed|codenamed|nicknamed) [«“\"‘'(]? ?\Z",
    re.IGNORECASE,
)
_LAUNCH_LEFT = re.compile(
    r"(?:^|[^\w-])(?:dévoile|officialise|commercialise|lance|présente|unveil(?:s|ed)|launche[sd]|introduce[sd]"
    r"|debut(?:s|ed)|release[sd]|showcase[sd]|reveal(?:s|ed)|announce[sd]|powered by|basée? sur|running|using|runs on"
    r"|built on|sous) (?:(?:le|la|les|l[’']|son|sa|ses|its|their|the|a|new|next-gen|nouveau|nouvelle|all-new|latest) ?)"
    r"{0,3}[«“\"]? ?\Z",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    r" (?:(?:est |has been |is )?(?:released|disponible|available|now available|is out)\b|v?\d+\.\d)"
)
_FARM_LEFT = re.compile(
    r"(?:^|\W)(?:(?:parcs?|champs?|fermes?|projets?|centrales?|sites?)"
    r"(?: (?:pilotes?|commercial|éoliens?|éoliennes?|offshore|flottants?|posés?|en mer|marins?|solaires?"
    r"|photovoltaïques?|agrivoltaïques?))+ (?:de |du |des |d[’']|à )?(?:la |les |l[’'])?"
    r"|\d ?[MG]Wc? (?:de |d[’']|of )?"
    r"|(?:projets?|projects?|programmes?|programs?|initiatives?|plans?|dispositif|fonds|appel à projets|missions?)"
    r" (?:called |dubbed |baptisée? |nommée? |de recherche |européen |national )?)[«“\"]? ?\Z",
    re.IGNORECASE,
)
_FARM_RIGHT = re.compile(
    r"[»”\"]? (?:\d[\d.,]* ?[MG]W )?(?:(?:offshore|floating|onshore|green|hydrogen|solar|battery|storage|nearshore"
    r"|research|demonstration) )*"
    r"(?:wind|farm|project|programme|program|scheme|initiative|array|interconnector|cable|lease|zone"
    r"|tender)s?\b",
    re.IGNORECASE,
)
_EVENT_WORD = re.compile(rf"\b(?:{any_of('fairs')}|\w+con)\b", re.IGNORECASE)


def is_witnessed(text: str, start: int, end: int, kind: Kind) -> bool:
    """Say whether form or company of a name speaks for the kind that only the model gives it."""
    if kind in {"PRODUCT", "PROJECT", "EVENT"}:
        if _describes(text[start:end]):
            return False
        if kind in {strong_kind(text, start, end), apposed_kind(text, end)}:
            return True
    if kind == "PRODUCT":
        return _is_product(text, start, end)
    if kind == "EVENT":
        return _is_event(text, start, end)
    if kind == "PROJECT":
        return _is_project(text, start, end)
    return (
        kind not in {"ORG", "PLACE"}
        or kind in kinds_beside(text, start, end)
        or (kind == "ORG" and is_institution(text[start:end]))
    )


def _describes(name: str) -> bool:
    """Say whether all words are plain ones: *World's Largest Floating* begins a description."""
    words = split_words(name.replace("’s", "").replace("'s", ""))
    return all(word in read_words("generic") or word in read_words("demonyms") for word in words)


def is_institution(name: str) -> bool:
    """Say whether a word of a name makes it an organisation's."""
    return not read_words("institutions").isdisjoint(split_words(name))


def looks_made(name: str) -> bool:
    """Say whether a name has a type code, capitals inside a word, or a number at its end that counts nothing."""
    if _COUNTED.match(name) or _YEARED.search(name):
        return False
    if any(not _NO_CODE.fullmatch(code[0]) for code in _CODE.finditer(name)):
        return True
    return bool(_CAMEL.search(name) or _NUMBERED.fullmatch(name))


def _beside(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return the text on either side of a name; None where it speaks of films, books or sports."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return None if _ARTS.search(left) or _ARTS.search(right) else (left, right)


def _is_product(text: str, start: int, end: int) -> bool:
    sides = _beside(text, start, end)
    if sides is None:
        return False
    left, right = sides
    return looks_made(text[start:end]) or (
        not is_institution(text[start:end])
        and any(
            (_THING_LEFT.search(left), _THING_RIGHT.match(right), _LAUNCH_LEFT.search(left), _RELEASED.match(right))
        )
    )


def _is_project(text: str, start: int, end: int) -> bool:
    sides = _beside(text, start, end)
    return sides is not None and bool(_FARM_LEFT.search(sides[0]) or _FARM_RIGHT.match(sides[1]))


def _is_event(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    return (" " in name and bool(_EVENT_WORD.search(name))) or "EVENT" in kinds_beside(text, start, end)
