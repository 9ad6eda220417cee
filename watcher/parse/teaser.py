"""The summary of an entry: the publisher's teaser without its tail, or the leading sentences of the full text."""

import re
from typing import Final

from watcher.parse.text import shorten

MAX_SUMMARY: Final = 500  # characters
_SHORTEST: Final = 40  # a teaser below this says less than the first sentence of the article
_ALIKE: Final = 30  # characters at the start that show two texts to be one
_WINDOW: Final = 700  # characters at the end in which tails are looked for

# What a tail begins with or contains, from a rare letter on: looked for first, because it is much quicker than the
# patterns below.
_HINT: Final = re.compile(
    r"first on|first published|published on|y appeared on|premier sur|premier dans|provient de|publié|zuerst auf|"
    r"primero en|Read |Keep |Contin|Learn |Find out|More info|View |Click |Lire |En savoir|Plus d|Cliquez|Voir |"
    r"Suite de|La suite|Weiter|Leer "
)
_HINTED: Final = 260  # characters at the end in which they stand
_SIGNATURE: Final = re.compile(
    # The first letter apart, because a search for letters of any case is slow.
    r"(?:[Tt](?i:he post|his (?:article|post))|[Ll](?i:['’](?:article|actu)|e post|a entrada)|[Cc](?i:et article)|"
    r"[Dd](?i:er Beitrag))\b(?i:[^\n]{1,320}?\b"
    r"(?:appeared first on|first appeared on|originally appeared on|est apparu en premier (?:sur|dans)|"
    r"was (?:originally |first )?published (?:on|by)|appara[iî]t en premier sur|provient de|"
    r"a été publié (?:en premier )?sur|erschien zuerst auf|se publicó primero en)\b[^\n]{0,200}$)"
)
_INVITATION: Final = re.compile(
    r"(?:^|(?<=[\n.!?…»”\])]))\s*[\[(]?\s*(?:"
    r"Read (?:more|on|the (?:full|rest|original)|full)|(?:Continue|Keep) reading|Learn more|Find out more|"
    r"More information|View (?:article|full)|Click here|Lire (?:la suite|plus|aussi|l['’](?:article|intégralité)|"
    r"le communiqué)|En savoir (?:plus|\+)|Continuer (?:(?:la|à) lire|la lecture)|Plus d['’]infos?|Cliquez ici|"
    r"Voir (?:plus|la suite|l['’]article)|Suite de l['’]article|La suite sur|Weiterlesen|Leer más)\b"
    r"[^.!?\n]{0,200}[.…\])→»›>\s]*$"
)
_CUT: Final = re.compile(r"(?:[\[(]\s*(?:…|\.{3}|\+\s*\d+ chars)\s*[\])]|…|\.\.\.)\s*(?:[→»›>]\s*)?$")
_CUT_ENDS: Final = ("…", "...", ")", "]", "→", "»", "›", ">")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”»’')\]]*(?=\s+[^a-zà-öø-ÿ\s])|\n")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(«“'’])(?:[A-Za-zÀ-ÿ]|M[mr]|MM|Mrs|Mlle|Dr|Pr|St|Ste|vs|no|art|av|env|cf|etc|Inc|Ltd|Co|Corp|Jr|Sr|Gen|"
    r"Sen|Rep|[A-Z](?:\.[A-Z])+)\.$"
)


def make_summary(teaser: str, content: str) -> tuple[str, str]:
    """Return the summary and the full text of an entry from its two cleaned texts, either of which may be empty.

    The full text is empty when the feed has none beyond the summary. A second text that is hardly longer than the
    teaser and does not begin like it is not the article (most often a picture's caption) and is left out.
    """
    body, was_cut = remove_tail(teaser)
    is_article = len(content) > 1.5 * len(body) or (bool(content) and content[:_ALIKE] == body[:_ALIKE])
    full = content if is_article and len(content) >= len(body) else body
    says_little = len(body) < _SHORTEST and len(full) > 3 * _SHORTEST
    if full is content and (was_cut or says_little or not body):
        body = lead(full if len(full) > MAX_SUMMARY + _WINDOW else remove_tail(full)[0])
    elif len(body) > MAX_SUMMARY:
        body = lead(body)
    elif was_cut:
        body = _whole_sentences(body)
    is_more = full != body if full is content else len(full) > len(body) + 2 * _SHORTEST
    return body, full if is_more else ""


def remove_tail(text: str) -> tuple[str, bool]:
    """Return ``text`` without invitations to read on, and whether it says of itself that it was cut."""
    if not text.endswith(_CUT_ENDS) and not _HINT.search(text, max(0, len(text) - _HINTED)):
        return text, False
    head, tail = text[:-_WINDOW], text[-_WINDOW:]
    was_cut = False
    for _ in range(4):
        before = tail
        tail = _INVITATION.sub("", _SIGNATURE.sub("", tail).rstrip()).rstrip()
        shorter = _CUT.sub("", tail).rstrip()
        was_cut |= shorter != tail
        tail = shorter
        if tail == before:
            break
    return (head + tail).strip(), was_cut


def lead(text: str, limit: int = MAX_SUMMARY) -> str:
    """Return the leading sentences of ``text``, at most ``limit`` characters, or its beginning."""
    if len(text) <= limit:
        return text
    end = _last_sentence_end(text[: limit + 1])
    return text[:end].strip() if end else shorten(text.replace("\n", " "), limit)


def _whole_sentences(text: str) -> str:
    """Return a teaser that breaks off up to its last whole sentence, or with ``…`` when that would say too little."""
    end = _last_sentence_end(text)
    return text[:end].strip() if end >= 2 * _SHORTEST else f"{text.rstrip(' ,;:–—-')}…"


def _last_sentence_end(text: str) -> int:
    """Return where the last whole sentence of ``text`` ends, or 0."""
    for match in reversed(list(_SENTENCE_END.finditer(text))):
        if not _ABBREVIATION.search(text[max(0, match.start() - 12) : match.start() + 1]):
            return match.end()
    return 0
