"""The sample cluster's files: they are read without a complaint and name every sample feed."""

from pathlib import Path

from ruamel.yaml import YAML

from watcher.config.catalogue import load_catalogue
from watcher.demo.articles import sample_articles
from watcher.demo.catalogue import sample_feeds_yaml, sample_members_yaml
from watcher.demo.feeds import FEEDS, GONE_PATH

BASE = "http://127.0.0.1:8765"


def test_feeds_yaml_is_read_without_complaint(tmp_path: Path) -> None:
    """Every feed stands once, in its topic or among the shared, and there is nothing to warn about."""
    path = tmp_path / "feeds.yaml"
    path.write_text(sample_feeds_yaml(BASE), encoding="utf-8")
    catalogue, problems = load_catalogue(path)
    assert problems == ()
    assert catalogue.network.allow == ("127.0.0.1:8765",)
    assert catalogue.network.gap == 0
    found = {feed.url: tuple(placement.topic for placement in feed.placements) for feed in catalogue.feeds}
    expected = {BASE + feed.listed_path: (feed.topic,) if feed.topic else () for feed in FEEDS}
    assert found == {**expected, BASE + GONE_PATH: ("drones",)}
    assert {topic.key for topic in catalogue.topics} == {"drones", "optics", "offshore-wind"}


def test_every_member_is_in_the_news() -> None:
    """Ten invented members, each named by at least two papers."""
    members = YAML(typ="safe").load(sample_members_yaml())["members"]
    assert len(members) == 10
    for member in members:
        names = (member["name"], *member.get("aliases", ()))
        texts = {
            (a.feed.key, a.title)
            for a in sample_articles()
            if any(n in " ".join((a.title, *a.paragraphs)) for n in names)
        }
        assert len({feed for feed, _ in texts}) >= 2, member["name"]
