"""Say what the articles of a file are about, storing nothing: the main job's judgement, on its own."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from watcher.config.settings import Settings
from watcher.errors import ModelMissing, UsageError
from watcher.log import get_log
from watcher.model.entry import DateQuality, Entry
from watcher.model.mention import Annotation
from watcher.model.opportunity import Opportunity
from watcher.model.progress import Progress, no_progress
from watcher.nlp.annotator import Annotator
from watcher.opportunities.detect import detect_opportunity
from watcher.pipeline.runtime import load_files, names_to_recognise
from watcher.stories.features import make_features
from watcher.stories.grouping import group
from watcher.topics.matching import Matcher

BATCH = 256
MOST_LINES = 200_000
LONGEST_LINE = 1_000_000  # characters

Line = dict[str, object]


def analyse_file(settings: Settings, file: Path, now: datetime, *, progress: Progress = no_progress) -> Iterator[Line]:
    """Yield a JSON object a line of ``file``, in order; a line that is none yields ``{"id": null, "error": …}``.

    Raise UsageError when the file cannot be read, ConfigError when the configuration is wrong.
    """
    catalogue, members, _ = load_files(settings)
    annotator = Annotator(names_to_recognise(catalogue, members))
    matcher = Matcher(catalogue.topics)
    lines = tuple(read_lines(file, now))
    entries = tuple(item for item in lines if isinstance(item[1], Entry))
    articles = tuple(entry for _, entry in entries if isinstance(entry, Entry))
    annotations = _annotate(annotator, articles, progress)
    features = tuple(make_features(entry, annotations.get(entry.id)) for entry in articles)
    stories = {item.entry_id: item.story for item in group(features, ()).assignments}
    for given, entry in lines:
        if isinstance(entry, str):
            yield {"id": given, "error": entry}
            continue
        annotation = annotations.get(entry.id)
        yield {
            "id": given,
            "language": (annotation.language if annotation else None) or entry.language,
            "topics": [
                {"topic": match.topic, "score": round(match.score, 3), "reasons": match.reasons}
                for match in matcher.match(entry, annotation, ())
            ],
            "mentions": _mentions(annotation),
            "opportunity": _opportunity(detect_opportunity(entry, annotation)),
            "story": stories[entry.id],
        }


def _annotate(annotator: Annotator, articles: tuple[Entry, ...], progress: Progress) -> dict[int, Annotation]:
    found: dict[int, Annotation] = {}
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        try:
            made = annotator.annotate([(entry.text, entry.language) for entry in batch])
        except ModelMissing as error:
            get_log("analyse").warning("no entities", reason=str(error))
            return found
        found |= {entry.id: annotation for entry, annotation in zip(batch, made, strict=True)}
        progress("Annotating", len(found), len(articles))
    return found


def _mentions(annotation: Annotation | None) -> list[Line]:
    return [
        {
            "kind": mention.kind,
            "text": mention.text,
            "start": mention.start,
            "end": mention.end,
            "entity": mention.entity,
            **({"amount": mention.amount, "unit": mention.unit} if mention.amount is not None else {}),
        }
        for mention in (annotation.mentions if annotation else ())
    ]


def _opportunity(found: Opportunity | None) -> Line | None:
    if found is None or found.status == "closed":  # a closing notice amends a card and offers nothing
        return None
    month_of_start = found.month if found.kind == "event" else None
    month_of_deadline = found.month if found.kind != "event" else None
    return {
        "kind": found.kind,
        "deadline": found.deadline or month_of_deadline,
        "start": found.start or month_of_start,
        "end": found.end,
        "place": found.place,
        "amount": found.amount,
        "organiser": found.organiser,
    }


def read_lines(file: Path, now: datetime) -> Iterator[tuple[object, Entry | str]]:
    """Yield (given id, entry or what is wrong with the line). Raise UsageError for an unreadable file."""
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            for number in range(1, MOST_LINES + 2):
                line = stream.readline(LONGEST_LINE)
                if not line:
                    return
                if number > MOST_LINES:
                    raise UsageError(f"{file} has more than {MOST_LINES} lines: split it.")
                if line.strip():
                    yield _read_line(line, number, now)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}.") from error


def _read_line(line: str, number: int, now: datetime) -> tuple[object, Entry | str]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return None, f"line {number} is not JSON: write one object a line."
    if not isinstance(item, dict) or "id" not in item:
        return None, f"line {number} is not an object with an id."
    title = item.get("title")
    if not isinstance(title, str) or not title.strip():
        return item["id"], f"line {number} has no title."
    published, quality = _read_date(item.get("published"))
    entry = Entry(
        id=number,
        feed_url="",
        title=title,
        url=_text(item.get("url")),
        summary=_text(item.get("summary")) or "",
        publisher=_text(item.get("source")) or "",
        language=_text(item.get("language")),
        published=published,
        first_seen=published or now,
        digest_at=published or now,
        date_quality=quality,
    )
    return item["id"], entry


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _read_date(value: object) -> tuple[datetime | None, DateQuality]:
    if not isinstance(value, str) or not value:
        return None, "missing"
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None, "unreadable"
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC), "given"
