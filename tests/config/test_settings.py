"""Options win over the environment, the environment over the defaults."""

from pathlib import Path

from watcher.config.settings import Settings


def test_defaults_hold_without_options_and_environment() -> None:
    """A bare call works in the current folder, and an empty variable counts as unset."""
    assert Settings.resolve(environment={"WATCHER_DATA": ""}) == Settings()
    assert Settings().database_path == Path("var/watcher.db")


def test_environment_is_read_and_options_win() -> None:
    """Each variable is read; an option given on the command line wins over it."""
    environment = {
        "WATCHER_CONFIG": "/etc/watcher/feeds.yaml",
        "WATCHER_DATA": "/var/lib/watcher",
        "WATCHER_DIGESTS": "/srv/digests",
        "WATCHER_DATABASE_URL": "postgresql://db/watcher",
    }
    settings = Settings.resolve(data=Path("elsewhere"), environment=environment)
    assert settings == Settings(
        config=Path("/etc/watcher/feeds.yaml"),
        data=Path("elsewhere"),
        digests=Path("/srv/digests"),
        database_url="postgresql://db/watcher",
    )
    assert settings.members == Path("/etc/watcher/members.yaml")
