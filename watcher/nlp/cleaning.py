"""What a model's span must lose to be a name, and which spans name nothing.

General rules of the two languages only: articles, quotes, possessives and generic heads fall off; demonyms, topic
words, months and words that the text writes in lower case too are no names; a given name makes a person.
"""

import re
from dataclasses import replace

from watcher.nlp.names import fold
from watcher.nlp.spans import Span
from watcher.nlp.words import read_words

_EDGE = " \t\u00a0\u202f\"'’‘“”«»`´()[]{}<>,;:!?…–—-*•|/\\#@&+=~_"
_ARTICLE = re.compile(
    r"^(?:[Ll]es?|[Ll]a|[Tt]he|THE|[Dd]es|[Dd]u|[Aa]n?|[Uu]ne?|[Cc]ette?|[Cc]es|[Ss]on|[Ss]a|[Ss]es|[Ii]ts"
    r"|[Aa]ux?)\s+(?=\S)"
    r"|^[LlDdQqNnSs][’'](?=\w)"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_HEADS = (
    "parcs?|champs?|fermes?|projets?|programmes?|groupes?|sociétés?|entreprises?|start-?ups?|fabricants?|drones?"
    "|éoliennes?"
    "|[Mm]ission|[Tt]élescope(?: spatial)?|[Ss]onde|[Ss]atellite|[Nn]avire|[Ff]régate|[Ff]usée|[Ll]ogiciel|[Rr]over"
    "|ministre|président|professeur|PDG|CEO|President|Professor|Prime Minister"
    "|Chief Executive|Mr|Mrs|Ms|Dr|Dr\\.|Prof\\.|M\\.|Mme"
)
_GENERIC_HEAD = re.compile(
    rf"^(?:(?:le |la |les |l[’'])?(?:{_HEADS})(?: éoliens?| en mer| offshore| flottants?| français| pilotes?)*"
    r"(?: (?:de|du|des) | d[’']| )(?=[A-ZÀ-Ý0-9]))"
)
_GENERIC_TAIL = re.compile(
    r"(?<=\w) (?:[Oo]ffshore |[Ff]loating |[Oo]nshore )?"
    r"(?:wind ?farms?|wind parks?|wind projects?|wind arrays?|[Ww]ind [Ff]arms?|[Ww]ind [Pp]arks?|[Oo]ffshore [Ww]ind"
    r"|[Pp]rojects?|[Dd]rones?|CEO|[Cc]hief|shares|[Tt]urbines?|[Ll]asers?)$"
)
# A small word at the end of a name is the verb or link after it.
_LOWER_TAIL = re.compile(
    r"(?<=\w)(?: (?:qui|que|et|de|du|des|la|le|les|dans|pour|sur|a|en|au|est|and|of|in|to|on|for|with|at|is|has"
    r"|will|ready))+$"
)
_CUT = re.compile(r"\n|[’']s (?=[a-z])|[:;!?]\s|\s[-–—|]\s|\s?[«»“”\"()]|…|\.{3}|, ")
_CAPITAL = re.compile(r"[^\W\d_]")
# Addresses and numbers of documents name nothing, and prizes are no kind of ours.
_NOTHING = re.compile(r"\w:/?/?\w|^Prix |^Trophées? |\b(?:Awards?|Prizes?|Medals?)$")
# A French sentence that opens with a verb: *Supprimer le …*, *Plombée par …*.
_VERB = re.compile(
    r"[A-ZÀ-Ý][a-zà-ÿ]+(?:(?:er|ir|re) (?:l[ae]s?|une?|des|ses|son|sa|ces?|cette|leurs?) "
    r"|(?:ée?s?|ies?) (?:par|à|entre|de|du|d[’']))"
)
# *le Suisse X*, *l'Américain X*: where a firm or person comes from, told by a French adjective in place of a noun.
_FROM = re.compile(r"(?P<demonym>[A-ZÀ-Ý][a-zà-ÿ-]*(?:ais|ois|ien|éen|ain|and|ol|que|ge|sse))e? (?=[A-ZÀ-Ý])")
_FRENCH_ARTICLE = re.compile(r"(?:^|\W)(?:[Ll]e |[Ll][’'])$")
_AFTER_PRIZE = re.compile(r"(?:^|\W)[Pp]rix «? ?$")
_SURNAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?:\.|[’']?[^\W\d_]*[a-zà-ÿ](?:[-’'][^\W\d_]+)*)")
_PARTICLES = frozenset({"de", "du", "di", "da", "la", "van", "von", "der", "den", "el", "al", "ben", "bin"})
_NO_SURNAME = re.compile(
    r" (?:Group|Energy|University|Foundation|Prize|Awards?|Institute|Telescope|Street|Airport|Arena|Stadium|Bank"
    r"|College|School|Hospital|Park|Island|Partners|Brothers|Sons|Capital|Holdings?|Ventures|Industries|Systems"
    r"|Technologies)\b"
)


def clean_span(text: str, span: Span) -> Span | None:
    """Return the span cut down to the name, or None when nothing in it is one."""
    start, end = _first_piece(text, span.start, span.end)
    start, end = _strip(text, start, end)
    if start >= end or is_plain(text[start:end]) or _is_word_here(text, start, end) or _is_verb(text, start, end):
        return None
    named = _as_person(text, replace(span, start=start, end=end))
    return None if named.kind != "PERSON" and _AFTER_PRIZE.search(text[max(0, start - 12) : start]) else named


def _is_word_here(text: str, start: int, end: int) -> bool:
    """Say whether the text writes the words of a span in lower case too: a sentence or title gave the capital."""
    return all(
        len(word) > 3
        and word[1:].islower()
        and word.lower() in text
        and re.search(rf"(?<![\w.@/#-]){word.lower()}(?![\w@-]|\.\w)", text)
        for word in re.findall(r"[^\W\d_]+", text[start:end])
    )


def _is_verb(text: str, start: int, end: int) -> bool:
    return " " not in text[start:end] and (match := _VERB.match(text, start)) is not None and match.end() > end


def _as_person(text: str, span: Span) -> Span:
    """Read a given name and a surname as a person, with a demonym before them left out (*Norvégienne Solveig Dahl*)."""
    if span.kind not in {"ORG", "PRODUCT", "PROJECT", "PERSON"}:
        return span
    first, _, rest = text[span.start : span.end].partition(" ")
    start = span.start
    if fold(first) in read_words("demonyms"):
        start += len(first) + 1
        first, _, rest = rest.partition(" ")
    is_person = fold(first) in read_words("given") and len(rest.split()) <= 3 and not _NO_SURNAME.search(f" {rest}")
    names = rest.split()
    if is_person and names and all(_SURNAME.fullmatch(name) or name in _PARTICLES for name in names):
        return replace(span, kind="PERSON", start=start)
    return span


def _first_piece(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut at the first break that no name holds (colon, dash, quote, line end), keeping brackets that close within."""
    written = text[start:end].lstrip(_EDGE)
    start = end - len(written)
    cut = _CUT.search(written)
    return (start, start + cut.start()) if cut else (start, end)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while True:
        before = (start, end)
        written = text[start:end]
        start += len(written) - len(written.lstrip(_EDGE))
        written = text[start:end]
        for pattern in (_ARTICLE, _GENERIC_HEAD):
            if match := pattern.match(text[start:end]):
                start += match.end()
        start = _skip_origin(text, start, end)
        written = text[start:end].rstrip(_EDGE)
        for pattern in (_POSSESSIVE, _GENERIC_TAIL, _LOWER_TAIL):
            if match := pattern.search(written):
                written = written[: match.start()]
        end = start + len(written)
        if (start, end) == before or start >= end:
            return start, end


def _skip_origin(text: str, start: int, end: int) -> int:
    match = _FROM.match(text, start, end)
    is_told = match and fold(match["demonym"]) in read_words("demonyms") | {"suisse"}
    return match.end() if match and is_told and _FRENCH_ARTICLE.search(text[max(0, start - 4) : start]) else start


def is_plain(written: str) -> bool:
    """Say whether a span names nothing: no capital, only numbers, a demonym, a topic word, a function word, a month."""
    if not any(char.isupper() for char in written) or not _CAPITAL.search(written) or _NOTHING.search(written):
        return True
    flat = fold(written).strip(" .")
    words = flat.split()
    nothing = read_words("plain") | read_words("demonyms")
    return flat in nothing or all(word in nothing or not _CAPITAL.search(word) for word in words)


def is_title_case(text: str) -> bool:
    """Say whether a headline capitalises every word that matters, so that a capital proves nothing in it."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
