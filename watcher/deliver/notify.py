"""Short messages to chat channels, through Apprise: Teams, Slack, Mattermost, Matrix, webhooks and a hundred more.

A channel's address holds its secret, so `feeds.yaml` names only the environment variable that holds it, and no
error shows it.
"""

import os
from collections.abc import Mapping

import apprise

from watcher.errors import DeliveryError
from watcher.model.catalogue import Channel
from watcher.model.edition import Edition


def make_notice(edition: Edition, link: str | None) -> tuple[str, str]:
    """Return title and body of the message that announces an edition: the first headlines and where to read on."""
    title = f"{edition.topic_name} · {edition.week}"
    lines = [f"- {item.headline} ({item.sources[0].publisher})" for item in edition.top[:3] if item.sources]
    lines += [f"- {item.card.opportunity.title}" for item in edition.opportunities if item.state == "new"][:2]
    return title, "\n".join([*lines, *([link] if link else [])])


def notify_channel(channel: Channel, title: str, body: str, *, environment: Mapping[str, str] = os.environ) -> None:
    """Send one message. Raise DeliveryError when the variable is missing or the service did not take it."""
    address = environment.get(channel.env)
    if not address:
        raise DeliveryError(f"The channel's address is missing: set the environment variable {channel.env}.")
    client = apprise.Apprise()
    if not client.add(address):
        raise DeliveryError(f"{channel.env} holds no address that Apprise knows: see its list of services.")
    if not client.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
        raise DeliveryError(f"The service behind {channel.env} did not take the message; it is tried again.")
