"""Names that carry their kind in a head word: ministries, universities, courts, fairs, castles, and type designations.

French writes such names with one capital or none (``préfecture de police de Paris``), which a model trained on names in
capitals cuts short. The grammar is regular: a head, at most two adjectives, complements that end in a capital.
"""

import re
from collections.abc import Iterator, Sequence

from watcher.model.mention import Kind
from watcher.nlp.spans import Span, keep_longest
from watcher.nlp.things import find_things

_CAP = r"(?:[A-ZÀ-ÖØ-Þ0-9][\w’'&.-]*\w|[A-ZÀ-Þ](?!\w))"
_CAPS = rf"{_CAP}(?: {_CAP})*"
_OF = r"(?:de la |de l[’']|du |des |de |d[’'])"
_LINK = rf"(?:{_OF}|à la |à l[’']|à |aux |au |pour la |pour le |pour l[’']|pour |en |sur |et {_OF}|et à |et |& )"
_FIRST = rf"(?:{_OF}|pour la |pour le |pour l[’']|pour )"
_ADJECTIVE = (
    r"(?: [a-zà-ÿ]{3,}(?:al|ale|aux|ales|el|elle|els|elles|ien|ienne|ais|aise|ain|aine|if|ive|iques?"
    r"|aires?|eure?|ée?s?))"
)
_HEADS_ANY_CASE = (
    r"[Mm]inistère|[Uu]niversité|[Pp]réfecture|[Ss]ous-préfecture|[Tt]ribunal|[Cc]our (?:d[’']appel|d[’']assises"
    r"|administrative|suprême)"
    r"|[Cc]onseil (?:départemental|régional|général|municipal)|[Cc]ommissariat|[Cc]hambre|[Aa]gence|[Ii]nstitut"
    r"|[Ff]édération"
    r"|[Ss]yndicat|[Ll]aboratoire|[Oo]bservatoire|[Aa]cadémie|[Rr]ectorat|[Mm]airie|[Mm]étropole"
    r"|[Cc]entre hospitalier|[Pp]arquet"
)
_HEADS_CAPITAL = (
    r"Direction|École|Ecole|Commission|Autorité|Comité|Association|Fondation|Communauté|Conservatoire|Centre"
    r"|Banque|Caisse"
    r"|Conseil|Cour|Haute Autorité|Office|Société|Union|Confédération|Cité|Grand Port maritime"
)
_MIDDLE = rf"[a-zà-ÿ]{{3,}}{_ADJECTIVE}?(?= {_LINK})"
_TAIL = r"(?: (?:étrangères|sociales|publics|armées|publiques|durables?))?"
_BODY_FR = (
    rf"(?:{_HEADS_ANY_CASE}|{_HEADS_CAPITAL}){_ADJECTIVE}{{0,2}} {_FIRST}(?:(?:{_MIDDLE}"
    rf"|{_CAPS}) {_LINK}){{0,3}}{_CAPS}{_TAIL}"
)
_HEADS_EN = (
    r"University|Ministry|Department|Institute|Bureau|Office|Agency|Commission|Council|Board|Bank|Port|College"
    r"|School|Court"
    r"|Academy|Administration|Association|Federation|Society"
)
_WORD_EN = r"[A-Z][\w&-]+"
_BODY_EN = (
    rf"(?:{_WORD_EN} ){{0,3}}(?:{_HEADS_EN}) (?:of|for) (?:the )?{_WORD_EN}(?:(?:,? (?:and|of|the|for|in"
    rf"|&))* {_WORD_EN})*"
)
_HEADS_FAIR = (
    r"Salon|Rencontres?|Journées?|Assises|Forum|Congrès|Festival|Sommet|Semaine|Fête|Biennale|[EÉ]tats généraux"
    r"|Colloque"
    r"|Convention|Foire"
)
_FAIR_FR = (
    rf"(?:\d{{1,3}}(?:e|è|ème|èmes|es|er|ère|ères) )?(?:{_HEADS_FAIR}){_ADJECTIVE}{{0,2}}"
    rf"(?: (?:{_OF}|& |et )?{_CAPS}){{1,4}}{_ADJECTIVE}?"
)
_SITE_FR = (
    r"(?:[Cc]hâteau|[Aa]bbaye|[Cc]athédrale|[Aa]éroport|[Aa]érodrome|[Bb]asilique|[Ff]orêt|[Gg]olfe|[Bb]aie"
    r"|[Mm]assif|[Pp]ont|[Gg]are"
    rf"|[Gg]rotte) {_OF}{_CAPS}"
)
_FORCES = (
    r"[Mm]ilitary|Army|Navy|Air Force|Marine Corps|Marines|Coast Guard|Space Force|Congress|Senate|Supreme Court"
    r"|Treasury"
)
_FORCES_EN = rf"(?:(?:US|U\.S\.|UK) (?:{_FORCES})|Air Force|Marine Corps|Coast Guard|Space Force)"
_PROGRAMME_EN = (
    rf"(?<=the )(?:{_WORD_EN}(?: \([A-Z]{{2,8}}\))?,?(?: (?:and|of|for|in|on|&))* ){{2,7}}"
    r"(?:Initiative|Programme|Plan|Mission|Partnership|Facility)"
)
_PROGRAMME_FR = "|".join(
    rf"(?<={head} «{gap})[^«»\s][^«»]{{3,80}}(?={gap}»)"
    for head in ("initiative", "mission", "programme", "projet")
    for gap in ("", " ", "\u00a0", "\u202f")
)
# Letters, hyphen, number name aircraft, ships and machines (MQ-9, X-37B, F-35s), with few exceptions.
_TYPE = r"(?!COVID|SARS|CO-|ISO-|G-\d\b|T-\d\b|U-\d\d\b|RN-|RD-|EN-|AO-)[A-Z]{1,4}-\d{1,4}[A-Z]{0,2}s?"
_SOURCES: dict[str, tuple[tuple[Kind, str], ...]] = {
    "fr": (("ORG", _BODY_FR), ("EVENT", _FAIR_FR), ("PLACE", _SITE_FR), ("PROJECT", _PROGRAMME_FR), ("PRODUCT", _TYPE)),
    "en": (("ORG", _BODY_EN), ("ORG", _FORCES_EN), ("PROJECT", _PROGRAMME_EN), ("PRODUCT", _TYPE)),
}
_RULES = {
    language: tuple((kind, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")) for kind, pattern in rules)
    for language, rules in _SOURCES.items()
}


def find_by_grammar(text: str, language: str | None) -> tuple[Span, ...]:
    """Return names told by their head word or form; empty for languages whose grammar this is not."""
    return keep_longest((*_matches(text, language or ""), *find_things(text, language)))


def _matches(text: str, language: str) -> Iterator[Span]:
    for kind, pattern in _RULES.get(language, ()):
        for match in pattern.finditer(text):
            yield Span(kind=kind, start=match.start(), end=match.end(), source="text")


def _is_refuted(span: Span, grammar: Sequence[Span]) -> bool:
    """Say whether a span lies across a rule's name, or holds two names of different kinds (*Air Force F-22s*)."""
    met = [rule for rule in grammar if span.overlaps(rule)]
    return any(not span.covers(rule) for rule in met) or len({rule.kind for rule in met}) > 1


def add_by_grammar(model: Sequence[Span], grammar: Sequence[Span]) -> tuple[Span, ...]:
    """Return the model's spans with those of the grammar in place of what they cover or cross."""
    bounds = {(rule.start, rule.end) for rule in grammar}
    kept = [span for span in model if (span.start, span.end) not in bounds and not _is_refuted(span, grammar)]
    added = [rule for rule in grammar if not any(span.overlaps(rule) for span in kept)]
    return tuple(sorted((*kept, *added), key=lambda span: span.start))
