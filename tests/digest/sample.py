"""Authored weeks to compose editions from: a full one in French, one in English, one without news.

Companies, articles and figures are invented; addresses are of example.org and never resolve to a paper.
``python -m tests.digest.sample`` writes the golden editions under tests/data/editions again.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from watcher.digest.compose import compose
from watcher.digest.material import CardMaterial, CardState, Material, MemberNews, StoryEntry, StoryMaterial
from watcher.digest.render import render_edition
from watcher.digest.to_html import to_mail_html
from watcher.digest.to_text import to_text
from watcher.model.catalogue import Cluster
from watcher.model.edition import Edition, Link, NamedEntity, Week
from watcher.model.entry import Entry
from watcher.model.feed import FeedHealth
from watcher.model.member import MemberMention
from watcher.model.opportunity import Card, Opportunity
from watcher.model.story import Score, ScorePart, Story, Trend

GOLDEN = Path(__file__).parents[1] / "data" / "editions"
WEEK = Week(year=2026, number=47)
CLUSTER = Cluster(name="Pôle Exemple", url="https://www.example.org", contact="veille@example.org")
PUBLISHERS = {
    "echo": "L’Écho des ateliers",
    "ciel": "Ciel & Industrie",
    "gaz": "La Gazette francilienne",
    "unm": "Unmanned Weekly",
    "bal": "Balises",
    "off": "Offshore Notebook",
    "tide": "Tidewater Journal",
    "mer": "Cap sur la mer",
}


def make_entry(number: int, feed: str, title: str, summary: str = "", *, day: int = 17, language: str = "fr") -> Entry:
    """Make an article of the sample week."""
    at = datetime(2026, 11, day, 8, number % 60, tzinfo=UTC)
    return Entry(
        id=number,
        feed_url=f"https://{feed}.example.org/feed",
        title=title,
        url=f"https://{feed}.example.org/2026/11/{number}",
        summary=summary,
        publisher=PUBLISHERS.get(feed, feed),
        language=language,
        published=at,
        first_seen=at,
        digest_at=at,
    )


def make_story(
    entries: tuple[Entry, ...],
    *,
    names: str = "",
    reasons: tuple[str, ...] = (),
    since: int | None = None,
    changed: tuple[str, ...] = (),
    copies: tuple[int, ...] = (),
    pinned: bool = False,
) -> StoryMaterial:
    """Make a story led by its first entry, its summary the first sentences of its first two entries."""
    summary = tuple((entry.summary, entry) for entry in entries[:2] if entry.summary)
    return StoryMaterial(
        story=Story(
            id=f"s{entries[0].id}",
            members=tuple(entry.id for entry in entries),
            first_at=entries[0].at,
            last_at=entries[-1].at,
            pinned=pinned,
        ),
        members=tuple(StoryEntry(entry=entry, is_copy=entry.id in copies) for entry in entries),
        score=Score(
            parts=(
                ScorePart(name="relevance", value=0.9, weight=0.4, why="au cœur du sujet"),
                ScorePart(name="publishers", value=len(entries) / 5, weight=0.3, why=f"{len(entries)} sources"),
            )
        ),
        headline=entries[0],
        summary=summary,
        entities=tuple(
            NamedEntity(key=name.lower(), name=name, kind="ORG") for name in map(str.strip, names.split(",")) if name
        ),
        reasons=reasons,
        last_printed=Week(year=2026, number=since) if since else None,
        changed=changed,
    )


def make_card(entry: Entry, found: Opportunity, state: CardState = "new", previous: date | None = None) -> CardMaterial:
    """Make a card told by one entry."""
    card = Card(
        id=f"c{entry.id}",
        opportunity=found,
        topics=("drones",),
        entries=(entry.id,),
        first_seen=entry.first_seen,
        changed_at=entry.first_seen,
        sequence=1 if previous else 0,
        previous_deadline=previous,
    )
    return CardMaterial(card=card, entries=(entry,), state=state)


def french_stories() -> tuple[StoryMaterial, ...]:
    """Return the stories of the French week, best first."""
    delivery = (
        make_entry(
            1,
            "ciel",
            "Aélys Robotics livre ses cent premiers drones d’inspection au gestionnaire du réseau",
            "Le premier lot, assemblé à Vélizy, a été remis mardi aux équipes de maintenance après six mois d’essais.",
        ),
        make_entry(
            2,
            "echo",
            "Cent drones pour surveiller les lignes à haute tension",
            "Le contrat de 12,4 millions d’euros court sur quatre ans et prévoit 260 appareils de plus.",
            day=18,
        ),
        make_entry(3, "unm", "Aélys delivers first 100 inspection drones", day=19, language="en"),
        make_entry(4, "gaz", "Cent drones pour surveiller les lignes à haute tension", day=18),
    )
    corridor = (
        make_entry(
            5,
            "gaz",
            "Un couloir aérien de 38 kilomètres ouvert aux drones entre Pontoise et Les Mureaux",
            "La préfecture autorise à partir du 1er décembre les vols hors vue le long de l’Oise, entre 6 h et 22 h.",
            day=16,
        ),
        make_entry(
            6,
            "bal",
            "Vols hors vue : la vallée de l’Oise devient un terrain d’essai",
            "Quatre entreprises franciliennes partageront le couloir, surveillé par un seul centre de contrôle.",
            day=17,
        ),
    )
    battery = (
        make_entry(
            7,
            "unm",
            "Solid-state battery keeps a survey drone aloft for 2 hours 40 minutes",
            "The flight, logged near Toulouse on 14 November, nearly doubles the endurance of the same airframe.",
            day=18,
            language="en",
        ),
    )
    fund = (
        make_entry(
            8,
            "echo",
            "Altivue lève 9 millions d’euros pour ses capteurs d’évitement",
            "La jeune pousse de Massy veut doubler ses effectifs et produire en série au second semestre 2027.",
            day=19,
        ),
        make_entry(9, "ciel", "Capteurs d’évitement : Altivue boucle son tour de table", day=20),
    )
    factory = (
        make_entry(
            20,
            "ciel",
            "L’usine de moteurs de Moissy tournera dès février",
            "La cadence visée passe de 800 à 1 500 moteurs par mois, un tiers de plus que prévu cet été.",
            day=20,
        ),
    )
    also = tuple(
        make_story((make_entry(30 + at, feed, title, day=day, language=language),))
        for at, (feed, title, day, language) in enumerate(
            (
                ("bal", "Un nouveau simulateur de pannes pour les télépilotes", 16, "fr"),
                ("unm", "Regulator publishes draft noise limits for delivery drones", 17, "en"),
                ("gaz", "La Seine-et-Marne équipe ses pompiers de drones thermiques", 18, "fr"),
                ("echo", "Recyclage des batteries : une filière s’organise en Essonne", 19, "fr"),
                ("ciel", "Moteurs sans terres rares : les essais au banc commencent", 20, "fr"),
            )
        )
    )
    return (
        make_story(
            delivery,
            names="Aélys Robotics, Vélizy, Lignes de France",
            reasons=("3 publications indépendantes", "membre du pôle cité", "montant annoncé"),
            copies=(4,),
        ),
        make_story(
            corridor,
            names="Préfecture du Val-d’Oise, Pontoise, Les Mureaux",
            reasons=("2 publications indépendantes", "au cœur du sujet : vols hors vue"),
        ),
        make_story(battery, names="Toulouse", reasons=("première annonce", "au cœur du sujet : autonomie")),
        make_story(fund, names="Altivue, Massy", reasons=("2 publications indépendantes", "nom suivi : Altivue")),
        make_story(
            factory,
            names="Moissy, Rotorama",
            reasons=("fait nouveau",),
            since=44,
            changed=("cadence portée à 1 500 moteurs par mois", "ouverture avancée à février"),
        ),
        *also,
    )


def french_cards() -> tuple[CardMaterial, ...]:
    """Return the cards alive in the French week."""
    return (
        make_card(
            make_entry(50, "gaz", "Inspection des ponts par drone : la Région lance un appel d’offres"),
            Opportunity(
                kind="tender",
                title="Inspection de 240 ouvrages d’art par drone",
                organiser="Région Île-de-France",
                deadline=date(2026, 12, 15),
                deadline_time="12:00",
                amount="1,8 million d’euros",
            ),
        ),
        make_card(
            make_entry(51, "bal", "Le guichet « Drones sobres » prolongé jusqu’à mi-janvier"),
            Opportunity(
                kind="grant",
                title="Aide « Drones sobres » pour les prototypes de moins de 25 kg",
                organiser="Agence de l’innovation",
                deadline=date(2027, 1, 15),
                amount="jusqu’à 200 000 euros par projet",
            ),
            "extended",
            date(2026, 11, 30),
        ),
        make_card(
            make_entry(52, "echo", "Appel à projets logistique du dernier kilomètre", day=12),
            Opportunity(
                kind="call", title="Logistique du dernier kilomètre en grande couronne", deadline=date(2026, 11, 27)
            ),
            "reminder",
        ),
        make_card(
            make_entry(53, "ciel", "Les Rencontres du vol automatique reviennent à Saclay"),
            Opportunity(
                kind="event",
                title="Rencontres du vol automatique",
                start=date(2026, 12, 3),
                end=date(2026, 12, 4),
                place="Saclay",
            ),
            "open",
        ),
        make_card(
            make_entry(54, "unm", "Unmanned Systems Forum returns to Lyon", language="en"),
            Opportunity(kind="event", title="Unmanned Systems Forum", month="2027-03", place="Lyon"),
        ),
    )


def french_material() -> Material:
    """Return a full week on drones, in French."""
    stories = french_stories()
    first = stories[0].members[0].entry
    cited = make_entry(
        60, "bal", "Optivol rejoint le consortium européen de détection", "Optivol fournira les caméras."
    )
    return Material(
        cluster=CLUSTER,
        topic="drones",
        topic_name="Drones",
        week=WEEK,
        timezone="Europe/Paris",
        language="fr",
        stories=(*stories, make_story((cited,))),
        cards=french_cards(),
        members=(
            MemberNews(
                mention=MemberMention(member="aelys", entry_id=1, text="Aélys Robotics", start=0, end=14, reason="nom"),
                name="Aélys Robotics",
                entry=first,
                story="s1",
            ),
            MemberNews(
                mention=MemberMention(member="optivol", entry_id=60, text="Optivol", start=52, end=59, reason="nom"),
                name="Optivol",
                entry=cited,
                story="s60",
            ),
        ),
        trends=(
            Trend(
                key="bvlos",
                name="vols hors vue",
                kind="term",
                count=9,
                before=(1, 0, 2, 1, 2, 3, 2, 4),
                score=4.1,
                is_new=False,
            ),
            Trend(
                key="altivue",
                name="Altivue",
                kind="ORG",
                count=5,
                before=(0, 0, 0, 0, 0, 0, 0, 0),
                score=3.6,
                is_new=True,
            ),
            Trend(
                key="oise",
                name="vallée de l’Oise",
                kind="PLACE",
                count=4,
                before=(0, 1, 0, 0, 0, 1, 0, 1),
                score=2.9,
                is_new=False,
            ),
            Trend(
                key="batterie",
                name="batterie solide",
                kind="term",
                count=3,
                before=(0, 0, 1, 0, 0, 1, 1, 1),
                score=1.8,
                is_new=False,
            ),
        ),
        links=(
            Link(a="Aélys Robotics", b="Lignes de France", count=4),
            Link(a="Aélys Robotics", b="Vélizy", count=3),
            Link(a="Altivue", b="Massy", count=2),
            Link(a="Préfecture du Val-d’Oise", b="Pontoise", count=2),
            Link(a="Aélys Robotics", b="Altivue", count=1),
            Link(a="Pontoise", b="Les Mureaux", count=2),
        ),
        health=(
            *(
                FeedHealth(url=f"https://{key}.example.org/feed", name=PUBLISHERS[key], topics=("drones",), status="ok")
                for key in PUBLISHERS
            ),
            FeedHealth(
                url="https://old.example.org/feed",
                name="Drones & Territoires",
                topics=("drones",),
                status="failing",
                since=datetime(2026, 11, 12, tzinfo=UTC),
            ),
            FeedHealth(
                url="https://quiet.example.org/feed",
                name="Le Carnet du télépilote",
                topics=("drones",),
                status="silent",
                since=datetime(2026, 9, 28, tzinfo=UTC),
            ),
        ),
        articles=87,
        feeds_read=14,
        note=(
            "Semaine dense : la livraison d’Aélys et le couloir de l’Oise se répondent.\n"
            "Nous en parlerons au club drones du 3 décembre."
        ),
        excerpts=(("https://gaz.example.org/feed", 200), ("https://unm.example.org/feed", 0)),
        inputs="0" * 64,
    )


def english_material() -> Material:
    """Return a shorter week on offshore wind, in English, with a French article in it."""
    port = (
        make_entry(
            101,
            "off",
            "Floating wind array off Brittany sends its first power ashore",
            "The first of three 9.5 MW turbines was energised on Wednesday, eleven weeks after tow-out.",
            day=18,
            language="en",
        ),
        make_entry(
            102,
            "mer",
            "Premiers électrons pour le parc flottant breton",
            "Le raccordement des deux autres machines est attendu avant la fin janvier.",
            day=19,
        ),
    )
    cable = (
        make_entry(
            103,
            "tide",
            "Cable fault halves output of the Dunes wind farm",
            "Repairs will take six to eight weeks, the operator told the market on Friday.",
            day=20,
            language="en",
        ),
    )
    return Material(
        cluster=CLUSTER,
        topic="offshore-wind",
        topic_name="Offshore wind",
        week=WEEK,
        timezone="Europe/Paris",
        language="en",
        stories=(
            make_story(
                port, names="Brittany, Groix Array", reasons=("2 independent publications", "at the heart of the topic")
            ),
            make_story(cable, names="Dunes wind farm", reasons=("a followed name: Dunes wind farm",)),
            make_story((make_entry(104, "tide", "Two ports bid for a blade factory", day=17, language="en"),)),
        ),
        cards=(
            make_card(
                make_entry(105, "off", "Call for innovative mooring concepts opens", language="en"),
                Opportunity(
                    kind="call",
                    title="Innovative moorings for deep water",
                    organiser="Ocean Energy Programme",
                    deadline=date(2027, 2, 1),
                    amount="EUR 6 million",
                ),
            ),
        ),
        trends=(
            Trend(
                key="mooring",
                name="mooring",
                kind="term",
                count=4,
                before=(0, 1, 0, 1, 0, 0, 1, 1),
                score=2.0,
                is_new=False,
            ),
        ),
        health=tuple(
            FeedHealth(
                url=f"https://{key}.example.org/feed", name=PUBLISHERS[key], topics=("offshore-wind",), status="ok"
            )
            for key in ("off", "tide", "mer")
        ),
        articles=23,
        feeds_read=3,
    )


def quiet_material() -> Material:
    """Return a week without news, in French: every feed answered, none had anything new."""
    return Material(
        cluster=CLUSTER,
        topic="optics",
        topic_name="Optique et photonique",
        week=WEEK,
        timezone="Europe/Paris",
        language="fr",
        health=tuple(
            FeedHealth(url=f"https://{key}.example.org/feed", name=PUBLISHERS[key], topics=("optics",), status="ok")
            for key in ("echo", "bal", "ciel")
        ),
    )


def sample_editions() -> tuple[Edition, ...]:
    """Compose the three sample editions."""
    return tuple(compose(material) for material in (french_material(), english_material(), quiet_material()))


def golden_files() -> dict[str, bytes]:
    """Return every golden file by name: the three forms, the mail's HTML and its text."""
    found = {
        one.path.replace("/", "."): one.content for edition in sample_editions() for one in render_edition(edition)
    }
    for edition in sample_editions():
        stem = f"{edition.week}.{edition.topic}.{edition.language}"
        found[f"{stem}.mail.html"] = to_mail_html(edition).encode()
        found[f"{stem}.txt"] = to_text(edition).encode()
    return found


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, content in golden_files().items():
        (GOLDEN / name).write_bytes(content)
