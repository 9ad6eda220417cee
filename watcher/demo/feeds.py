"""The publishers of the sample weeks: who they are and how their feeds are made.

Each of them stands for something that real feeds do: another format, a teaser in HTML with the
blog's own tail, guids that change with every build, no dates, ill-formed XML, silence, an error page.
"""

from dataclasses import dataclass
from typing import Literal

Form = Literal["rss2", "rss091", "rdf", "atom", "json"]
Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFeed:
    """One publisher and its feed; ``path`` is where the sample server has it.

    ``topic`` is the topic that trusts this feed, None for a shared one. ``quirks`` are habits
    of the document (see ``documents.py``) or of the address: ``moved``.
    """

    key: str
    title: str
    language: Language
    form: Form
    topic: str | None
    path: str
    about: str
    quirks: frozenset[str]

    @property
    def site(self) -> str:
        """Return the publisher's site, on a domain reserved for examples."""
        return f"https://www.{self.key}.example"

    @property
    def listed_path(self) -> str:
        """Return the path that the sample ``feeds.yaml`` gives: the old one where the feed has moved."""
        return f"/old{self.path}" if "moved" in self.quirks else self.path


def _feed(
    key: str, title: str, language: Language, form: Form, topic: str | None, path: str, about: str, *quirks: str
) -> SampleFeed:
    return SampleFeed(
        key=key,
        title=title,
        language=language,
        form=form,
        topic=topic,
        path=path,
        about=about,
        quirks=frozenset(quirks),
    )


_DRONES, _OPTICS, _WIND = "drones", "optics", "offshore-wind"

FEEDS: tuple[SampleFeed, ...] = (
    _feed("cap-drone", "Cap Drone", "fr", "rss2", _DRONES, "/cap/feed/", "Le drone civil au quotidien", "html", "tail"),
    _feed("rotor-payload", "Rotor & Payload", "en", "atom", _DRONES, "/rotor/atom.xml", "Commercial uncrewed aviation"),
    _feed("unmanned-europe", "Unmanned Europe", "en", "rss2", _DRONES, "/unmanned/rss", "Drone policy", "guids"),
    _feed("carnet-de-vol", "Carnet de vol", "fr", "rss2", _DRONES, "/carnet/rss.xml", "La lettre des télépilotes"),
    _feed("fil-photonique", "Le Fil photonique", "fr", "atom", _OPTICS, "/fil/atom", "Optique et lasers", "html"),
    _feed("light-bench", "The Light Bench", "en", "json", _OPTICS, "/bench/feed.json", "Photonics, from lab to fab"),
    _feed("laser-courier", "Laser Courier", "en", "rdf", _OPTICS, "/courier/index.rdf", "Lasers, fibres and imaging"),
    _feed(
        "institut-clairon", "Institut Clairon", "fr", "rss2", _OPTICS, "/clairon/rss", "Vie du laboratoire", "undated"
    ),
    _feed("vent-du-large", "Vent du large", "fr", "rss2", _WIND, "/vent/feed/", "L’éolien en mer", "html", "tail"),
    _feed("offshore-dispatch", "Offshore Dispatch", "en", "atom", _WIND, "/dispatch/atom", "Wind at sea", "html"),
    _feed("north-sea-yard", "North Sea Yard", "en", "rss2", _WIND, "/yard/rss.xml", "Ports and vessels", "moved"),
    _feed("ouest-eco", "Ouest Éco", "fr", "rss2", None, "/ouest/rss", "L’économie de l’Atlantique", "typography"),
    _feed(
        "quotidien-usines", "Le Quotidien des usines", "fr", "rss2", None, "/usines/rss", "Toute l’industrie", "html"
    ),
    _feed("meridienne", "Agence Méridienne", "fr", "rss091", None, "/meridienne/fil.xml", "Dépêches"),
    _feed(
        "guichet-innovation", "Guichet Innovation", "fr", "rss2", None, "/guichet/rss", "Aides, appels", "typography"
    ),
    _feed("sciences-du-jour", "Sciences du jour", "fr", "atom", None, "/sciences/atom", "La recherche en clair"),
    _feed("journal-du-soir", "Le Journal du soir", "fr", "rss2", None, "/soir/rss", "Toute l’actualité", "html"),
    _feed("eurotech-brief", "EuroTech Brief", "en", "json", None, "/eurotech/feed.json", "Technology and money"),
    _feed("harbour-ledger", "The Harbour Ledger", "en", "rss2", None, "/harbour/rss", "Business afloat", "ill-formed"),
)

GONE_PATH = "/revue/feed"  # a publisher that answers 404 with a page
GONE_TITLE = "Revue des drones du Sud"
