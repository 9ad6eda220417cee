"""The truth about the sample articles, in the form that scorers read: JSON Lines, one article a line.

``python -m watcher.demo.truth > tests/demo/data/truth.jsonl`` writes it again after an edit of
``data/``; a test holds the two together. Topics, story and opportunity are what the author meant; no
opportunity stands where a reader could not answer any more (awards, notices of closing).
"""

import json
import sys

from watcher.demo.articles import SampleArticle, sample_articles


def render_truth() -> str:
    """Return a line for each article with topics, story and opportunity, in order of publication."""
    return "".join(json.dumps(_row(article), ensure_ascii=False) + "\n" for article in sample_articles())


def _row(article: SampleArticle) -> dict[str, object]:
    feed, found = article.feed, article.opportunity
    return {
        "id": article.url.removeprefix("https://www."),
        "url": article.url,
        "source": feed.title,
        "lang": feed.language,
        "title": article.title,
        "summary": article.summary,
        "published": None if "undated" in feed.quirks else article.at.isoformat(),
        "topics": list(article.topics),
        "story": article.story,
        "opportunity": found and {"kind": found.kind, "date": found.date, "end": found.end, "date_in_text": True},
    }


if __name__ == "__main__":
    sys.stdout.write(render_truth())
