"""Sentences of a feed's text, French and English, and whether each is whole."""

import re

from watcher.stories.cleaning import clean_summary
from watcher.words.folding import fold
from watcher.words.stems import STOP

_BREAK = re.compile(r"(?<=[.!?…])(?:\s?[\"”»’)\]])*\s+(?=[\"“«‘(\[]?\s?[A-ZÀ-ÝŒ0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:M|MM|Mme|Mmes|Mlle|Me|Dr|Pr|Prof|St|Ste|Mr|Mrs|Ms|Jr|Sr|Gen|Gov|Sen|Rep|Lt|Col|Capt|Sgt|No|Nos|Fig|fig|art|Art|p|pp|vol|cf|Cf|vs|env|av|"
    r"approx|al|ca|ex|Inc|Ltd|Corp|Co|Bros|etc|e\.g|i\.e|U\.S|U\.K|E\.U|U\.N|a\.m|p\.m|J\.-C|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|janv|févr|juil|déc)"
    r"|\b[A-ZÀ-Ý])\.[\"”»’)\]]*\s*$"
)
_BLANK = " \t\n\r\u00a0\u202f\u200b\ufeff"  # str.strip() keeps the last two
_ENDED = re.compile(r"[.!?][\"”»’)\]\s]*$")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;)[\"”»\]\s]*$")


def split_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of ``text`` exactly as written, without feed boilerplate; abbreviations do not end one."""
    text = clean_summary(text)
    sentences, start = [], 0
    for gap in _BREAK.finditer(text):
        if "\n" not in gap[0] and _ABBREVIATION.search(text[start : gap.start()]):
            continue
        sentences.append(text[start : gap.end()].strip(_BLANK))
        start = gap.end()
    sentences.append(text[start:].strip(_BLANK))
    return tuple(filter(None, sentences))


def is_whole(sentence: str) -> bool:
    """Return whether a sentence ends as one: not cut by its feed."""
    return bool(_ENDED.search(sentence)) and not _CUT.search(sentence)


def could_be_whole(sentence: str) -> bool:
    """Return whether a sentence without a full stop may be a whole deck: no ellipsis, no dangling last word."""
    if _CUT.search(sentence) or not sentence:
        return False
    last = fold(re.split(r"[\s’']+", sentence.rstrip(' "”»)]'))[-1])
    return last.isalpha() and len(last) > 2 and last not in STOP
