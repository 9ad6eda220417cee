"""The name under which we knock: product, version, and how to reach whoever keeps the watch."""

import unicodedata

from watcher.model.catalogue import PLACEHOLDER_CONTACT, Cluster


def make_user_agent(cluster: Cluster, version: str) -> str:
    """Return ``watcher/1.0 (Cluster; +https://cluster.example; contact)`` in ASCII, whatever the cluster is called."""
    contact = None if cluster.contact == PLACEHOLDER_CONTACT else cluster.contact
    known = [cluster.name, f"+{cluster.url}" if cluster.url else None, contact]
    details = "; ".join(text for part in known if part and (text := _ascii(part)))
    return f"watcher/{_ascii(version)} ({details})" if details else f"watcher/{_ascii(version)}"


def contact_warning(cluster: Cluster) -> str | None:
    """Say that publishers cannot reach us while the contact is missing or still the placeholder, else None."""
    if cluster.contact and cluster.contact != PLACEHOLDER_CONTACT:
        return None
    return "Publishers cannot reach you: write a mail address or page of your own as cluster.contact in feeds.yaml."


def _ascii(text: str) -> str:
    """Return ``text`` without accents, brackets, separators and control characters, which would break the header."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return " ".join("".join(c for c in plain if c.isprintable() and c not in '()<>;\\"').split())[:200]
