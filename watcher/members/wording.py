"""The reasons of this room in the languages of editions.

Here and not in the catalogue of digests: these sentences are made where the reason is found, and only here.
"""

from collections.abc import Sequence

from watcher.i18n import french_spaces, join_words

_SENTENCES = {
    "name": {"fr": "nommé : « {text} »", "en": "named: “{text}”"},
    "alias": {"fr": "nommé sous « {text} »", "en": "named as “{text}”"},
    "subsidiary": {"fr": "filiale nommée : « {text} »", "en": "subsidiary named: “{text}”"},
    "near": {"fr": "près de : {words}", "en": "near: {words}"},
    "about_you": {"fr": "parle de vous", "en": "is about you"},
    "rival": {"fr": "concurrent que vous suivez : {words}", "en": "a rival you watch: {words}"},
    "partner": {"fr": "partenaire : {words}", "en": "a partner: {words}"},
    "competence": {"fr": "votre compétence : {words}", "en": "your competence: {words}"},
    "market": {"fr": "votre marché : {words}", "en": "your market: {words}"},
}


def say(key: str, language: str, *, text: str = "", words: Sequence[str] = ()) -> str:
    """Return the sentence of ``key`` (English for a language without editions)."""
    code = language if language in {"fr", "en"} else "en"
    sentence = _SENTENCES[key][code]
    sentence = french_spaces(sentence) if code == "fr" else sentence
    return sentence.format(text=text, words=join_words(list(words), code))
