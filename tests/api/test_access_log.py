"""The server's log: one JSON object a line."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from api.access_log import configure_logging


@contextmanager
def _configured() -> Iterator[None]:
    """Configure logging on the captured stream, and put back what was before."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level, root.handlers = root.handlers, root.level, []
    try:
        configure_logging()
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.handlers, root.level = handlers, level
        structlog.configure(**before)


def test_an_event_is_one_line_of_json_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with _configured():
        structlog.get_logger().info("started", model_version="두레-1")
    written = capsys.readouterr()
    (line,) = written.err.splitlines()
    assert written.out == ""
    assert "두레-1" in line
    assert {"event": "started", "level": "info", "model_version": "두레-1"}.items() <= json.loads(line).items()


def test_warnings_of_libraries_are_lines_of_json_too_and_quote_no_exception(capsys: pytest.CaptureFixture[str]) -> None:
    with _configured(), warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.getLogger("uvicorn.error").warning("Invalid %s request", "HTTP")
        logging.getLogger("uvicorn.error").error("failed", exc_info=ValueError("홍길동"))
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    written = capsys.readouterr().err
    invalid, failed, old = map(json.loads, written.splitlines())
    assert (invalid["event"], invalid["level"], invalid["logger"]) == (
        "Invalid HTTP request",
        "warning",
        "uvicorn.error",
    )
    assert (failed["event"], failed["level"], failed["error"]) == ("failed", "error", "ValueError")
    assert "홍길동" not in written
    assert (old["level"], old["logger"]) == ("warning", "py.warnings")
