"""How an edition looks: one palette and one list of rules (``templates/edition.css``), written inline where they apply.

There is no ``<style>`` block: many mail clients drop it, a page quoted in a mail loses it, and a
page without one can be checked for active content as strictly as a mail. What a style sheet
would do is done in place: lines that wrap by themselves for phones, ``break-inside`` for print,
and ``light-dark()`` after a plain colour for dark mode (CSS Color 5; older browsers keep the plain one).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

Pair = tuple[str, str]  # colour by day, colour by night

PALETTE: dict[str, Pair] = {
    "paper": ("#faf8f4", "#171614"),
    "sheet": ("#ffffff", "#201e1b"),
    "ink": ("#1f1d1a", "#ece8e0"),
    "soft": ("#4a463f", "#c9c4ba"),
    "muted": ("#6b665d", "#a39d92"),
    "line": ("#e4dfd5", "#38352f"),
}
# Accents hold a contrast of at least 4.5 on paper and sheet, by day and by night (WCAG 2.2, 1.4.3).
ACCENTS: tuple[Pair, ...] = (
    ("#1f5f99", "#7db8ea"),
    ("#0f6b62", "#62c4b8"),
    ("#3d6b23", "#9cc97a"),
    ("#8a5a00", "#e0b15c"),
    ("#a3441f", "#eb9a77"),
    ("#7a3b78", "#d39ad0"),
    ("#4a4a9c", "#a9a9ef"),
    ("#a02f52", "#ee8fad"),
)
TINTS = (0.06, 0.18, 0.36, 0.58)  # shares of the accent in the sheet's colour

SANS = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
SERIF = "Charter,'Iowan Old Style','Palatino Linotype',Palatino,Georgia,'DejaVu Serif',serif"
FONTS: dict[str, Pair] = {
    "sans": (SANS, SANS),
    "serif": (SERIF, SERIF),
}

_RULE = re.compile(r"\.(\w+)\s*\{([^}]*)\}")
_VARIABLE = re.compile(r"var\(--(\w+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The accent of one topic, for a page (day and night) or for a mail (day: clients darken by themselves)."""

    accent: int = 0
    is_mail: bool = False

    def css(self, name: str) -> Markup:
        """Return the ``style`` attribute of a named style."""
        return _attribute(self, name)


def accent_of(topic: str) -> int:
    """Return the accent of a topic key: stable, so that members know their topic by its colour."""
    return sha256(topic.encode()).digest()[0] % len(ACCENTS)


@lru_cache
def read_styles() -> dict[str, tuple[str, ...]]:
    """Return the declarations of each rule of the style sheet."""
    text = files("watcher.digest").joinpath("templates", "edition.css").read_text(encoding="utf-8")
    return {
        name: tuple(re.sub(r":\s+", ":", part.strip(), count=1) for part in body.split(";") if part.strip())
        for name, body in _RULE.findall(text)
    }


@lru_cache(maxsize=4096)
def _attribute(look: Look, name: str) -> Markup:
    colours = _colours(look.accent)
    declarations = [_declare(one, colours, look) for one in read_styles()[name]]
    return Markup(' style="{}"').format(";".join(declarations))


def _declare(declaration: str, colours: dict[str, Pair], look: Look) -> str:
    """Return one declaration by day, followed on a page by its day-and-night form where these differ."""
    day = _VARIABLE.sub(lambda found: colours[found[1]][0], declaration)
    night = _VARIABLE.sub(lambda found: colours[found[1]][1], declaration)
    if day == night or look.is_mail:
        return day
    return f"{day};{_VARIABLE.sub(lambda found: _by_light(colours[found[1]]), declaration)}"


def _by_light(pair: Pair) -> str:
    return pair[0] if pair[0] == pair[1] else f"light-dark({pair[0]},{pair[1]})"


@lru_cache
def _colours(accent: int) -> dict[str, Pair]:
    """Return the palette with a topic's accent and its tints on the sheet."""
    day, night = ACCENTS[accent]
    sheet = PALETTE["sheet"]
    tints = {
        f"tint{n}": (_blend(day, sheet[0], share), _blend(night, sheet[1], share)) for n, share in enumerate(TINTS, 1)
    }
    return {**PALETTE, **FONTS, "accent": (day, night), **tints}


def _blend(colour: str, ground: str, share: float) -> str:
    mixed = (
        round(int(colour[at : at + 2], 16) * share + int(ground[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)
    )
    return "#{:02x}{:02x}{:02x}".format(*mixed)
