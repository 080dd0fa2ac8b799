"""The log of a server: one JSON object a line on standard error, configured once."""

from __future__ import annotations

import logging
import sys
from typing import Final

import structlog
from structlog.types import EventDict, WrappedLogger

_COMMON: Final = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
_JSON: Final = structlog.processors.JSONRenderer(ensure_ascii=False)


def configure_logging() -> None:
    """Write events as JSON with level and time; for the entry point to call once.

    Warnings of libraries, uvicorn's among them, are lines like the rest.
    """
    structlog.configure(
        processors=[*_COMMON, structlog.processors.EventRenamer("event"), _JSON],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, _class_of_error, *_COMMON],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _JSON],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


def _class_of_error(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Name the class of an exception in place of its message, which may quote what was sent."""
    error = event.pop("exc_info", None)
    if error:
        event["error"] = error[0].__name__
    return event
