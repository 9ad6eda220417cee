"""The look: readable colours by day and by night, and no style that a template asks for in vain."""

import re
from importlib.resources import files

import pytest

from watcher.digest.look import ACCENTS, PALETTE, Look, accent_of, read_styles


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("light", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_every_text_colour_can_be_read(light: int, ground: str) -> None:
    """Ink, soft and muted words and every accent hold 4.5 on paper and on cards."""
    colours = [PALETTE[name] for name in ("ink", "soft", "muted")] + list(ACCENTS)
    assert min(contrast(pair[light], PALETTE[ground][light]) for pair in colours) >= 4.5


def test_every_style_is_used_and_every_use_has_its_style() -> None:
    """The style sheet holds what templates ask for, no more and no less."""
    folder = files("watcher.digest").joinpath("templates")
    text = "".join(one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".j2"))
    asked = set(re.findall(r'css\("(\w+)"\)', text)) | set(re.findall(r'a\(v, .*?"(\w+)"\)', text)) | {"h3", "h3_small"}
    asked |= {"brief", "cell0", "cell1", "cell2", "cell3"}
    assert read_styles().keys() == asked - {"↗"}


def test_a_page_has_both_lights_and_a_mail_one() -> None:
    """Old browsers read the plain colour, new ones choose; mail clients darken by themselves."""
    page, mail = str(Look(accent=1).css("h2")), str(Look(accent=1, is_mail=True).css("h2"))
    assert "color:#0f6b62;color:light-dark(#0f6b62,#62c4b8)" in page
    assert "color:#0f6b62" in mail
    assert "light-dark" not in mail


def test_a_topic_keeps_its_colour() -> None:
    """Members know their topic by it; any key has one."""
    assert accent_of("drones") == accent_of("drones") == 2
    assert {accent_of(str(number)) for number in range(200)} == set(range(len(ACCENTS)))
