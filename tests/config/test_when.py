"""Schedules: what people write is understood, what means nothing is refused."""

import pytest

from watcher.config.when import parse_when, shortest_gap
from watcher.model.catalogue import Cron, Every, Weekly, When

UNDERSTOOD: dict[str, tuple[When, int | None]] = {
    "every 1 minute": (Every(seconds=60), 60),
    "every 30 minutes": (Every(seconds=1800), 1800),
    "Every  2 Hours": (Every(seconds=7200), 7200),
    "every 7 days": (Every(seconds=604_800), 604_800),
    "monday 07:00": (Weekly(weekday=0, hour=7, minute=0), 604_800),
    "Lundi 7:05": (Weekly(weekday=0, hour=7, minute=5), 604_800),
    "dimanche 23:59": (Weekly(weekday=6, hour=23, minute=59), 604_800),
    "0 7 * * 1": (Cron(line="0 7 * * 1"), 86_400),
    "*/15 6-22/2 * jan-jun MON-FRI": (Cron(line="*/15 6-22/2 * jan-jun mon-fri"), 900),
    "30 6 * * 7": (Cron(line="30 6 * * 7"), 86_400),
    "30 6 * * fri-sun": (Cron(line="30 6 * * fri-sun"), 86_400),
    "5/20 * * * *": (Cron(line="5/20 * * * *"), 1200),
    "0,30 * 1,15 * *": (Cron(line="0,30 * 1,15 * *"), 1800),
    "0 * * * *": (Cron(line="0 * * * *"), 3600),
    "0 7 29 2 *": (Cron(line="0 7 29 2 *"), 86_400),
    "0 7 31 2 *": (Cron(line="0 7 31 2 *"), None),
    "0 7 30 2 1": (Cron(line="0 7 30 2 1"), 86_400),
}
REFUSED = (
    "",
    "every second",
    "every 0 minutes",
    "every 400 days",
    "every -1 hours",
    "every 2 hours; x",
    "every ² hours",
    "mondi 07:00",
    "lun 07:00",
    "monday",
    "monday 24:00",
    "monday 07:60",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 8",
    "* * * * lun",
    "*/0 * * * *",
    "*/x * * * *",
    "5-1 * * * *",
    "1- * * * *",
    ", * * * *",
    "0 7 * * sat-mon",
    "@daily",
    "0-99999999 * * * *",
)


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_schedule_is_understood(text: str) -> None:
    """Intervals, weekdays in two languages and crontab lines are read, with their closest gap."""
    assert (parse_when(text), shortest_gap(parse_when(text))) == UNDERSTOOD[text]


@pytest.mark.parametrize("text", [*REFUSED, "1," * 50_000 + "1 * * * *"], ids=str.__len__)
def test_schedule_is_refused(text: str) -> None:
    """What cron(5) would not run, or nobody can mean, is refused in one sentence."""
    with pytest.raises(ValueError, match=r"\.$") as refused:
        parse_when(text)
    assert len(str(refused.value)) < 200
