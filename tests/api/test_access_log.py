"""The server's log: one JSON object a line."""

from __future__ import annotations

import json

import pytest
import structlog

from api.access_log import configure_logging


def test_an_event_is_one_line_of_json_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        configure_logging()
        structlog.get_logger().info("started", model_version="두레-1")
    finally:
        structlog.configure(**before)
    written = capsys.readouterr()
    (line,) = written.err.splitlines()
    assert written.out == ""
    assert "두레-1" in line
    assert {"event": "started", "level": "info", "model_version": "두레-1"}.items() <= json.loads(line).items()
