"""The User-Agent."""

from watcher.fetch.agent import contact_warning, make_user_agent
from watcher.model.catalogue import PLACEHOLDER_CONTACT, Cluster


def test_the_user_agent_names_product_version_and_contact() -> None:
    """Accents and brackets are written so that the header stays one line of ASCII."""
    cluster = Cluster(name="Pôle (Éolien)\r\nX: 1", url="https://pole.example", contact="veille@pole.example")
    assert make_user_agent(cluster, "1.2") == (
        "watcher/1.2 (Pole EolienX: 1; +https://pole.example; veille@pole.example)"
    )


def test_a_missing_or_placeholder_contact_is_warned_of() -> None:
    """Publishers must be able to reach whoever asks."""
    assert contact_warning(Cluster()) is not None
    assert contact_warning(Cluster(contact=PLACEHOLDER_CONTACT)) is not None
    assert contact_warning(Cluster(contact="a@b.fr")) is None
    assert PLACEHOLDER_CONTACT not in make_user_agent(Cluster(contact=PLACEHOLDER_CONTACT), "1")
