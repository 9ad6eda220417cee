"""What an editor decided, as pairs of entries that must or must not share a story."""

from collections.abc import Iterable
from itertools import combinations

from watcher.model.decision import Decision


class Bindings:
    """Pairs bound by merge and split decisions; the later decision has the last word on a pair."""

    def __init__(self, decisions: Iterable[Decision], known: Iterable[int]) -> None:
        present = frozenset(known)
        word: dict[tuple[int, int], str] = {}
        for decision in sorted(decisions, key=lambda decision: (decision.at, decision.id)):
            if decision.act in {"merge", "split"}:
                entries = sorted(present.intersection(decision.entries))
                word.update(dict.fromkeys(combinations(entries, 2), decision.act))
        self.together = tuple(sorted(pair for pair, act in word.items() if act == "merge"))
        self.apart = tuple(sorted(pair for pair, act in word.items() if act == "split"))
        self._apart_of: dict[int, set[int]] = {}
        for a, b in self.apart:
            self._apart_of.setdefault(a, set()).add(b)
            self._apart_of.setdefault(b, set()).add(a)

    def forbid(self, a: Iterable[int], b: Iterable[int]) -> bool:
        """Return whether a split keeps any entry of ``a`` from any of ``b``."""
        if not self._apart_of:
            return False
        others = frozenset(b)
        return any(self._apart_of.get(entry, set()) & others for entry in a)
