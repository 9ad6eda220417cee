"""Articles on invented events, for the tests of this room."""

from datetime import timedelta

from tests.make import NOW, make_entry
from watcher.model.entry import Entry
from watcher.model.story import Features
from watcher.stories.features import make_features

# event, language, publisher, days ago, title; then the summary. Entries with one letter tell of one event.
_TOLD = """
a | fr | Le Quotidien | 1.0 | Korvex lance le drone Altara 7 pour l'inspection
Korvex présente à Brest l'Altara 7, qui vole 55 minutes.
a | en | Drone Paper | 0.8 | Korvex unveils Altara 7 inspection drone
The French maker says the Altara 7 flies for 55 minutes.
a | fr | La Gazette | 0.5 | Drones : Korvex dévoile son Altara 7
L'Altara 7 de Korvex vole 55 minutes, annonce le fabricant.
b | en | Wind Daily | 2.0 | Norvind orders 62 turbines for Halden Bank wind farm
Norvind ordered them from Turbiona for the 930MW project.
b | en | Sea Power | 1.9 | Turbiona wins 930MW Halden Bank order from Norvind
The 62 turbines will stand in the North Sea.
c | en | Wind Daily | 1.5 | Norvind orders 40 turbines for Skarn Reef wind farm
Norvind ordered them from Turbiona for the 600MW project.
d | fr | Sciences | 3.0 | Des chercheurs de Grenoble domptent la lumière
Leur métasurface est une lentille plate qui focalise un laser.
e | fr | La Gazette | 4.0 | Le Parlement adopte le 12e paquet de sanctions
Le texte vise le pétrole.
f | fr | La Gazette | 1.0 | Le Parlement adopte le 13e paquet de sanctions
Le texte vise le pétrole.
""".strip().splitlines()
TOLD = tuple((*head.split(" | "), summary) for head, summary in zip(_TOLD[::2], _TOLD[1::2], strict=True))


def told_entries() -> tuple[Entry, ...]:
    """Return the articles, ids from 1."""
    return tuple(
        make_entry(
            number,
            title=title,
            summary=summary,
            language=language,
            publisher=publisher,
            published=NOW - timedelta(days=float(days)),
        )
        for number, (_, language, publisher, days, title, summary) in enumerate(TOLD, 1)
    )


def told_features() -> tuple[Features, ...]:
    """Return the features of the articles."""
    return tuple(make_features(entry, None) for entry in told_entries())
