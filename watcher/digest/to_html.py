"""An edition as one self-contained HTML file, as the HTML part of a mail, and the archive's index.

Templates escape everything they print; no string of a feed reaches a template's source, an id or
a class. Links are absolute http(s) with ``rel="noopener noreferrer nofollow"``. There is no
script, no picture to load, and no style sheet (see ``look``).
"""

import re
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from watcher.digest import wording
from watcher.digest.inert import one_line
from watcher.digest.look import Look, accent_of
from watcher.digest.view import View
from watcher.i18n import message
from watcher.model.edition import Edition, PersonalEdition


def to_html(edition: Edition) -> str:
    """Render an edition as a page, readable in a browser, on a phone, in a mail client and printed."""
    return _render((edition,), None, is_mail=False)


def to_mail_html(edition: Edition | PersonalEdition) -> str:
    """Render an edition, or a member's own digest, as the HTML part of a mail."""
    if isinstance(edition, PersonalEdition):
        return _render(edition.editions, edition, is_mail=True)
    return _render((edition,), None, is_mail=True)


def _render(editions: tuple[Edition, ...], personal: PersonalEdition | None, *, is_mail: bool) -> str:
    views = [View(edition=one, look=Look(accent=accent_of(one.topic), is_mail=is_mail)) for one in editions]
    title = wording.say_title(editions[0])
    if personal:
        title = message("digest_of", personal.language, cluster=editions[0].cluster)
    page = (
        environment()
        .get_template("edition.html.j2")
        .render(views=views, personal=personal, title=title, is_mail=is_mail)
    )
    return tidy(page)


@lru_cache
def environment() -> Environment:
    """Return the template environment: escaping always on, every printed string one clean line."""
    return Environment(
        loader=PackageLoader("watcher.digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )


def _clean(value: object) -> object:
    return _hold_marks(one_line(value, 4000)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hold_marks(text: str) -> str:
    """Keep a line from starting with ``:``, ``»`` or ``·`` where a paper wrote a plain space before it."""
    return re.sub(r"(?<=«) | (?=[:;!?»·])", "\u00a0", text)


def tidy(page: str) -> str:
    """Return a page without the blank lines that templates leave."""
    return re.sub(r"\n\s*\n+", "\n", page).strip() + "\n"
