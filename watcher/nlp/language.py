"""The language of a text, by the text: a feed's word is only a prior.

Titles are short, and statistics over letters err on short text; French and English function words do not. So they
are counted first, and the n-gram identifier decides what they leave open. spaCy is never loaded for this.
"""

import re
from functools import lru_cache
from typing import Protocol, cast

from watcher.nlp.words import read_words

_SAMPLE = 2_000  # characters: more does not change the answer
_TAG = re.compile(r"([a-z]{2,3})(?:[-_].*)?\Z")
_WORD = re.compile(r"[^\W\d_]+")
_OTHERS = (
    "de",
    "es",
    "it",
    "nl",
    "pt",
    "pl",
    "da",
    "no",
    "sv",
    "fi",
    "cs",
    "el",
    "ru",
    "uk",
    "tr",
    "ar",
    "he",
    "zh",
    "ja",
    "ko",
    "ro",
    "hu",
    "ca",
)


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return languages with probabilities, best first."""


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 0.2 s and 20 MB, only when text comes

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["fr", "en", *_OTHERS])
    return cast("_Identifier", identifier)


def detect_language(text: str, prior: str | None = None) -> str | None:
    """Return the ISO 639-1 code of ``text``, or None when it holds no word to judge by and there is no ``prior``."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    expected = _code(prior)
    if not words:
        return expected
    return _by_function_words(words, expected) or _by_letters(sample, words, expected)


def _code(prior: str | None) -> str | None:
    """Return the language of a tag such as ``fr-FR``; None for what is no tag."""
    match = _TAG.match(prior.strip().lower()) if prior else None
    return match[1] if match else None


def _by_function_words(words: list[str], expected: str | None) -> str | None:
    french = sum(_weight(word) for word in words if word in read_words("french"))
    english = sum(_weight(word) for word in words if word in read_words("english"))
    share = max(french, english) / len(words)
    if share < 0.12 or max(french, english) < 2:
        return None
    if abs(french - english) < 1.5:
        return expected if expected in {"fr", "en"} else None
    return "fr" if french > english else "en"


def _weight(word: str) -> float:
    return 0.5 if word in read_words("shared") else 1.0


def _by_letters(sample: str, words: list[str], expected: str | None) -> str | None:
    ranked = _identifier().rank(sample.lower() if sample.isupper() else sample)
    best, probability = ranked[0]
    odds = dict(ranked)
    # A prior of ten to one: a wrong language of one short title costs more than it gains.
    if expected in odds and len(words) < 12 and odds[expected] * 10 >= probability:
        return expected
    if probability < 0.5 and expected:
        return expected
    return str(best)
