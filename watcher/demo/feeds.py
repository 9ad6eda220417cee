"""The publishers of the sample weeks: who they are and how their feeds are made.

Each of them stands for something that real feeds do: another format, a teaser in HTML with the
blog's own tail, guids that change with every build, no dates, ill-formed XML, silence, an error page.
"""

from dataclasses import dataclass
from typing import Literal

Form = Literal["rss2", "rss091", "rdf", "atom", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFeed:
    """One publisher and its feed; ``path`` is the address on the sample server.

    ``topic`` is the topic that trusts this feed, None for a shared one. ``moved_from`` is an old
    address that redirects. ``quirks`` are habits of the document, see ``documents.py``.
    """

    key: str
    title: str
    site: str
    language: Literal["fr", "en"]
    form: Form
    path: str
    about: str
    topic: str | None = None
    weight: float = 1.0
    moved_from: str | None = None
    quirks: frozenset[str] = frozenset()


def _feed(key: str, title: str, how: str, path: str, about: str, *quirks: str, **more: str) -> SampleFeed:
    """Build a feed; ``how`` is language, format and trusting topic (``-`` for none)."""
    language, form, topic = how.split()
    return SampleFeed(
        key=key,
        title=title,
        site=f"https://www.{key}.example",
        language="fr" if language == "fr" else "en",
        form=_FORMS[form],
        path=path,
        about=about,
        topic=None if topic == "-" else topic,
        moved_from=more.get("moved_from"),
        quirks=frozenset(quirks),
    )


_FORMS: dict[str, Form] = {"rss2": "rss2", "rss091": "rss091", "rdf": "rdf", "atom": "atom", "json": "json"}

FEEDS: tuple[SampleFeed, ...] = (
    _feed(
        "cap-drone", "Cap Drone", "fr rss2 drones", "/cap-drone/feed/", "Le drone civil au quotidien", "html", "tail"
    ),
    _feed("rotor-payload", "Rotor & Payload", "en atom drones", "/rotor/atom.xml", "Commercial uncrewed aviation"),
    _feed("unmanned-europe", "Unmanned Europe", "en rss2 drones", "/unmanned/rss", "Drone policy", "guids"),
    _feed("carnet-de-vol", "Carnet de vol", "fr rss2 drones", "/carnet/rss.xml", "La lettre des télépilotes"),
    _feed("fil-photonique", "Le Fil photonique", "fr atom optics", "/fil/atom", "Optique et lasers", "html"),
    _feed("light-bench", "The Light Bench", "en json optics", "/bench/feed.json", "Photonics, from lab to fab"),
    _feed("laser-courier", "Laser Courier", "en rdf optics", "/courier/index.rdf", "Lasers, fibres and imaging"),
    _feed("institut-clairon", "Institut Clairon", "fr rss2 optics", "/clairon/rss", "Vie du laboratoire", "undated"),
    _feed("vent-du-large", "Vent du large", "fr rss2 offshore-wind", "/vent/feed/", "L’éolien en mer", "html", "tail"),
    _feed("offshore-dispatch", "Offshore Dispatch", "en atom offshore-wind", "/dispatch/atom", "Wind at sea", "html"),
    _feed(
        "north-sea-yard",
        "North Sea Yard",
        "en rss2 offshore-wind",
        "/yard/rss.xml",
        "Ports, vessels and foundations",
        moved_from="/old/north-sea-yard.rss",
    ),
    _feed("ouest-eco", "Ouest Éco", "fr rss2 -", "/ouest/rss", "L’économie de la façade atlantique", "typography"),
    _feed("quotidien-usines", "Le Quotidien des usines", "fr rss2 -", "/usines/rss", "Toute l’industrie", "html"),
    _feed("meridienne", "Agence Méridienne", "fr rss091 -", "/meridienne/fil.xml", "Dépêches"),
    _feed("guichet-innovation", "Guichet Innovation", "fr rss2 -", "/guichet/rss", "Aides et appels", "typography"),
    _feed("sciences-du-jour", "Sciences du jour", "fr atom -", "/sciences/atom", "La recherche en clair"),
    _feed("journal-du-soir", "Le Journal du soir", "fr rss2 -", "/soir/rss", "Toute l’actualité", "html"),
    _feed("eurotech-brief", "EuroTech Brief", "en json -", "/eurotech/feed.json", "Technology and money in Europe"),
    _feed("harbour-ledger", "The Harbour Ledger", "en rss2 -", "/harbour/rss", "Business on the coast", "ill-formed"),
)

GONE_PATH = "/revue/feed"  # a publisher that answers 404 with a page
GONE_TITLE = "Revue des drones du Sud"
