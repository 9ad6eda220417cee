"""Grouping: new entries join stories, start them, or bridge two. Incremental, pure and free of order.

Copies come first, then pairs of entries from the likest down. Two groups become one only when their members are alike
on the whole (mean over all pairs of representatives) and no pair of them contradicts, so that a chain of lookalikes
does not grow into one story. Stories of the archive are groups from the start: they are never taken apart, and two
of them merge only on strong evidence. Ids are ``s`` and the smallest entry id a story was started with; they never
change.
"""

from watcher.model.decision import Decision
from watcher.model.story import Assignment, Features, Grouping
from watcher.stories.bindings import Bindings
from watcher.stories.candidates import pair_candidates
from watcher.stories.clusters import Clusters
from watcher.stories.similarity import Likeness, compare
from watcher.stories.views import Views

JOIN = 0.4  # score of the best pair from which two groups are considered


def group(
    new: tuple[Features, ...],
    archive: tuple[Features, ...],
    decisions: tuple[Decision, ...] = (),
    *,
    background: tuple[Features, ...] = (),
) -> Grouping:
    """Group ``new`` with ``archive`` (candidates that share blocking keys, each with its story).

    ``background``: entries of the time before, whatever they share, from which to learn what everybody prints; a small
    batch and its candidates say too little of that.

    Every new entry gets an assignment. An archived entry gets one only where an editor's split moves it
    out of its story. ``merged`` names stories of the archive that end, and the one that goes on.
    """
    fresh = {features.entry_id: features for features in new}
    old = {features.entry_id: features for features in archive if features.entry_id not in fresh}
    bindings = Bindings(decisions, (*fresh, *old))
    pairs = pair_candidates(fresh.values(), old.values())
    past = {features.entry_id: features for features in background} | fresh if background else {}
    views = Views((*fresh.values(), *old.values()), tuple(past.values()))
    old = _concerned(old, pairs, bindings)
    clusters = Clusters(views, bindings, (*fresh, *old))
    for pair in bindings.together:
        clusters.bind(*pair)
    likenesses = _compare_all(pairs, views)
    for a, b, likeness in likenesses:
        clusters.join(a, b, likeness)
    return Grouping(assignments=_assign(fresh, old, clusters), merged=clusters.merged_stories())


def _concerned(old: dict[int, Features], pairs: list[tuple[int, int]], bindings: Bindings) -> dict[int, Features]:
    """Return the archived entries that a comparison or a decision touches, with all the members of their stories."""
    touched = {entry for pair in (*pairs, *bindings.together, *bindings.apart) for entry in pair}
    stories = {old[entry].story for entry in touched if entry in old}
    return {entry: features for entry, features in old.items() if entry in touched or features.story in stories}


def _compare_all(pairs: list[tuple[int, int]], views: Views) -> list[tuple[int, int, Likeness]]:
    """Return the pairs worth joining: copies first, then by falling score; ties by entry ids."""
    scored = ((a, b, compare(views[a], views[b])) for a, b in pairs)
    kept = [item for item in scored if item[2].is_copy or item[2].score >= JOIN]
    return sorted(kept, key=lambda item: (not item[2].is_copy, -item[2].score, item[0], item[1]))


def _assign(fresh: dict[int, Features], old: dict[int, Features], clusters: Clusters) -> tuple[Assignment, ...]:
    """Return the assignment of every new entry, and of archived ones that a split moved; by entry id."""
    moved = [
        entry
        for entry, features in old.items()
        if clusters.story_of(entry) not in {features.story, clusters.heir(features.story)}
    ]
    return tuple(
        Assignment(
            entry_id=entry,
            story=clusters.story_of(entry),
            reasons=clusters.reasons.get(entry, ()),
            copy_of=clusters.copies.get(entry),
        )
        for entry in sorted([*fresh, *moved])
    )
