"""What feeds append to their texts and no reader wants: *Read more*, *est apparu en premier sur*, cut sentences."""

import re

_TAIL = re.compile(
    r"(?:L[’']article .{0,300}?est apparu en premier sur|The post .{0,300}?(?:appeared first on|first appeared on)"
    r"|\(?\s*(?:Read more|Continue reading|Read the full (?:story|article)|Learn more|Click here"
    r"|Lire la suite|Lire l[’']article|En savoir plus|Voir plus|Cliquez ici)\b).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(r"\A\s*(?:A|À) lire (?:aussi )?sur [^:]{1,60}:\s*", re.IGNORECASE)
_BOUND = 6_000


def clean_summary(text: str) -> str:
    """Return ``text`` without the phrases that only point elsewhere, bounded in length."""
    return _HEAD.sub("", _TAIL.sub("", text[:_BOUND])).strip()
