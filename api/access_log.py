"""The log of a server: one JSON object a line on standard error, configured once."""

from __future__ import annotations

import sys

import structlog


def configure_logging() -> None:
    """Write events as JSON with level and time; for the entry point to call once."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.EventRenamer("event"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
