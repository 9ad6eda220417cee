"""Log lines on stderr: one a record, for a person or as JSON, whatever a feed puts into them.

structlog is imported when the first line is to be written, because `watcher --help` must be quick.
"""

import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger, Processor

_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {
    0x2028: "\\u2028",
    0x2029: "\\u2029",
    10: "\\n",
    13: "\\r",
    9: "\\t",
}
_settings = {"json": False, "quiet": False, "ready": False}


def configure_log(*, json: bool = False, quiet: bool = False) -> None:
    """Choose JSON or a line for people, and with ``quiet`` only warnings and worse; takes effect at the next line."""
    _settings.update(json=json, quiet=quiet, ready=False)


def get_log(name: str) -> "FilteringBoundLogger":
    """Return a logger whose lines say which part of the program speaks."""
    import structlog  # noqa: PLC0415 - see the module's docstring

    if not _settings["ready"]:
        _set_up()
    logger: FilteringBoundLogger = structlog.get_logger(part=name)
    return logger


def escape(value: object) -> object:
    """Return ``value`` with control characters of its strings written out: no feed can forge a line."""
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    return str(value).translate(_ESCAPES)


def _escape_all(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if "exception" in event:
        event["traceback"] = event.pop("exception")  # under its own name it would take lines of its own
    return {str(escape(key)): escape(value) for key, value in event.items()}


class _Stderr:
    """Standard error as it is when a line is written, whoever has put another in its place."""

    def write(self, text: str) -> int:
        """Write ``text``."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Flush what was written."""
        sys.stderr.flush()


def _set_up() -> None:
    import logging  # noqa: PLC0415 - see the module's docstring

    import structlog  # noqa: PLC0415 - see the module's docstring

    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if _settings["json"]
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _escape_all,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if _settings["quiet"] else logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=cast("TextIO", _Stderr())),
        cache_logger_on_first_use=False,
    )
    _settings["ready"] = True
