"""`dure serve` as a process: what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

BEGUN = b"POST /v1/feedback HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"


def test_a_server_that_is_told_to_stop_ends_though_a_request_never_does_and_writes_lines_of_json(
    tmp_path: Path,
) -> None:
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "dure"), "serve", "--open", "--port", "0"],
        env=os.environ | {"DURE_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        port = next(int(found[1]) for line in process.stdout if (found := re.search(r"127\.0\.0\.1:(\d+)/v1", line)))
        with _sent(port, BEGUN), _sent(port, b"GET / HT"), _sent(port, b"nonsense\r\n\r\n") as refused:
            assert refused.recv(12) == b"HTTP/1.1 400"
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == -signal.SIGTERM
    events = [json.loads(line)["event"] for line in errors.splitlines()]
    assert "Invalid HTTP request received." in events
    assert any("timeout graceful shutdown exceeded" in event for event in events)


def _sent(port: int, sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(sent)
    return connection
