"""Made-up names for slots, so that a model learns the place of a name and not a list of names."""

import random

_ONSETS = [
    "val", "nex", "lum", "aer", "zeph", "kor", "bre", "sol", "mar", "oc", "vent", "dro", "pho", "opt", "ner", "ter",
    "cal", "vex", "syn", "ast", "hel", "orb", "pix", "quad", "riv", "sky", "tal", "ur", "wav", "xen", "el", "is",
    "gal", "fer", "cyb", "bal",
]  # fmt: skip
_CODAS = [
    "ia", "on", "ix", "eo", "is", "tec", "sys", "lab", "nova", "tronics", "wind", "mer", "flow", "ys", "ent", "al",
    "eris", "ane", "um", "ora", "ity", "ics", "ax", "os", "ience", "ion", "or", "ea",
]  # fmt: skip
_TAILS_FR = [
    "", "", "", "", " Energies", " Technologies", " Systèmes", " Group", " Industries", " Photonics", " Robotics",
    " France", " SAS", " Aéro", " Ingénierie", " Marine",
]  # fmt: skip
_TAILS_EN = [
    "", "", "", "", " Energy", " Technologies", " Systems", " Group", " Offshore", " Photonics", " Robotics",
    " Renewables", " Power", " Ltd", " Aerospace", " Labs", " Wind", " Networks", " Capital",
]  # fmt: skip
_MODELS = [
    "",
    " 2",
    " 3",
    " Pro",
    " X",
    " Mini",
    " Max",
    " S",
    " 200",
    " Air",
    " One",
    " RTK",
    " 4.1",
    " Evo",
    " 14 MW",
]


def invent(kind: str, language: str, rng: random.Random) -> str:
    """Return a made-up name of a kind."""
    word = _word(rng)
    if kind == "ORG":
        return _organisation(word, language, rng)
    if kind == "PRODUCT":
        code = f"{_letters(rng, 1, 3)}{rng.choice(['-', '', ' '])}{rng.randint(1, 900)}"
        return code if rng.random() < 0.3 else f"{word}{rng.choice(_MODELS)}"
    if kind == "PROJECT":
        return word.upper() if rng.random() < 0.5 else f"{word}{rng.choice([' 2', ' HD', ' Wind', '', ' Bank', ' II'])}"
    if kind == "EVENT":
        name = word if rng.random() < 0.6 else _letters(rng, 3, 5)
        return (
            name + rng.choice(["", " Expo", " Forum", " Days", " Summit"]) + rng.choice(["", " 2024", " 2025", " 2026"])
        )
    return word


def _organisation(word: str, language: str, rng: random.Random) -> str:
    if rng.random() < 0.22:
        return _letters(rng, 3, 5)
    if rng.random() < 0.2:
        word = f"{word}{_word(rng)}" if rng.random() < 0.5 else f"{word} {_word(rng)}"
    return word + rng.choice(_TAILS_FR if language == "fr" else _TAILS_EN)


def _word(rng: random.Random) -> str:
    return (rng.choice(_ONSETS) + (rng.choice(_ONSETS) if rng.random() < 0.3 else "") + rng.choice(_CODAS)).capitalize()


def _letters(rng: random.Random, low: int, high: int) -> str:
    return "".join(rng.choice("ABCDEFGHILMNOPRSTV") for _ in range(rng.randint(low, high)))
