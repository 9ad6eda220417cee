"""Detection over authored announcements, half French, half English, half of them none."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import make_annotation, make_entry, make_mention
from watcher.model.opportunity import Opportunity
from watcher.opportunities.detect import detect_opportunity

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "authored.jsonl").read_text(encoding="utf-8").splitlines()
]
TRUTH = Path(__file__).parents[1] / "demo" / "data" / "truth.jsonl"
PUBLISHED = datetime(2026, 11, 24, 9, tzinfo=UTC)


def detect(title: str, summary: str = "", *, content: str = "", published: datetime = PUBLISHED) -> Opportunity | None:
    """Detect in an entry of this text."""
    return detect_opportunity(make_entry(title=title, summary=summary, content=content, published=published), None)


def shown(found: Opportunity) -> dict[str, str | None]:
    """Return the fields that the authored cases give."""
    day = found.start if found.kind == "event" else found.deadline
    return {
        "kind": found.kind,
        "date": str(day or found.month or "") or None,
        "end": str(found.end) if found.end else None,
        "time": found.deadline_time,
        "status": found.status,
        "place": found.place,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["title"][:60] for case in CASES])
@pytest.mark.parametrize("where", ["summary", "content"])
def test_authored_announcements_are_read(case: dict[str, Any], where: str) -> None:
    """Every authored text gives its kind and date, whether the feed carries it as teaser or as full text."""
    text = {where: case["summary"]}
    found = detect(case["title"], published=datetime.fromisoformat(case["published"]).replace(tzinfo=UTC), **text)
    wanted = case["expected"]
    if wanted is None:
        assert found is None or found.status == "closed"
        return
    assert found is not None
    fields = {key: value for key, value in wanted.items() if key in shown(found)}
    if wanted.get("any_date"):
        fields.pop("date")
        fields.pop("end", None)
    if wanted.get("any_kind"):
        fields.pop("kind")
    assert fields == {key: shown(found)[key] for key in fields}


def test_sample_feeds_hold_their_opportunities() -> None:
    """Of the demo's 40 opportunities at least 38 are found with kind and date, and at most one is invented."""
    right = wrong = 0
    for line in TRUTH.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        when = datetime.fromisoformat(item["published"]) if item["published"] else PUBLISHED
        found = detect(item["title"], item["summary"], published=when.astimezone(UTC))
        wanted = item["opportunity"]
        if found is None or found.status == "closed":
            continue
        right += bool(wanted) and shown(found)["date"] == wanted["date"] and found.kind == wanted["kind"]
        wrong += wanted is None
    assert right >= 38
    assert wrong <= 1


def test_every_field_has_its_phrase() -> None:
    """Each field that was read is proved by words that stand in the entry."""
    summary = "Le pôle Lumen organise un salon du 9 au 11 juin 2027 à Nantes. Inscription gratuite."
    entry = make_entry(title="Salon de la lumière", summary=summary, published=PUBLISHED)
    found = detect_opportunity(entry, None)
    assert found is not None
    assert (found.organiser, found.place) == ("Lumen", "Nantes")
    fields = {one.field for one in found.evidence}
    assert fields == {"kind", "start", "organiser", "place"}
    assert all(one.phrase in entry.text and one.entry_id == entry.id for one in found.evidence)


def test_annotation_names_organiser_and_amount() -> None:
    """Where the text was annotated, names and sums are taken from its mentions."""
    entry = make_entry(
        title="Lumo Fund launches grant scheme for lasers", summary="Budget: EUR 3m. Apply by 1 March 2027."
    )
    annotation = make_annotation(entry, "Lumo Fund")
    money = make_mention(entry, "EUR 3m", kind="MONEY")
    found = detect_opportunity(entry, replace(annotation, mentions=(*annotation.mentions, money)))
    assert found is not None
    assert (found.organiser, found.amount) == ("Lumo Fund", "EUR 3m")


def test_a_price_is_no_budget() -> None:
    """A price by the megawatt-hour is passed over, and a sum told elsewhere needs words that make it the budget."""
    found = detect(
        "Norway launches offshore wind tender", "The cap is €85 per MWh. The state puts up a budget of €2 billion."
    )
    assert found is not None
    assert found.amount == "€2 billion"
    other = detect("Norway launches offshore wind tender", "Last month a yard was sold for €2 billion.")
    assert other is not None
    assert other.amount is None


def test_footer_of_blog_software_is_no_announcement() -> None:
    """A footer that repeats a title brings no cue."""
    footer = "L’article Un appel à projets est ouvert est apparu en premier sur Exemple."
    assert detect("Une usine pousse à Brest", footer) is None


def test_corrected_notice_keeps_what_it_replaces() -> None:
    """A correction says which date it took back, so that cards can follow."""
    found = detect("Rectificatif : appel à projets Mer", "Date limite : au lieu du 3 mars, lire 10 mars 2027.")
    assert found is not None
    assert [one.phrase for one in found.evidence if one.field == "replaced"] == ["Date limite : au lieu du 3 mars"]


def test_day_of_publication_decides_the_year() -> None:
    """The same words in another year give another date."""
    text = ("Appel à projets vent", "Dossiers jusqu’au 15 mars.")
    before, after = (detect(*text, published=PUBLISHED.replace(year=year)) for year in (2024, 2025))
    assert before is not None
    assert after is not None
    assert (str(before.deadline), str(after.deadline)) == ("2025-03-15", "2026-03-15")


def test_past_deadline_is_no_opportunity() -> None:
    """What closed before the article was published is not announced."""
    assert detect("Appel à projets vent", "La date limite était fixée au 15 octobre 2026.") is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read(title: str, summary: str) -> None:
    """No text breaks detection, and no date appears in one that holds no digit and no day word."""
    found = detect(title, summary)
    if found is not None and not any(char.isdigit() for char in title + summary):
        assert found.deadline is None or any(one.field == "deadline" for one in found.evidence)


def test_long_text_is_read_in_bounded_time() -> None:
    """Half a megabyte of cues is cut, not searched."""
    assert detect("x", content="launches call opens tender du 3 au 10 " * 15_000) is not None
