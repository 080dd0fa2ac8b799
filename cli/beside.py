"""A command of ``dure`` in a process of its own, beside what this one does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import IO, Final

from graph_schema.errors import DureError
from graph_schema.progress import Progress
from graph_schema.wording import Wording

_LOOK_SECONDS: Final = 1.0
"""How soon it is seen that the other process has ended."""
_STANDARD_INPUT: Final = 0
"""Its descriptor."""
_MAIN: Final = "from cli.beside import end_with_parent; end_with_parent(); from cli.main import main; main()"


@dataclass(frozen=True)
class Beside:
    """A command at work; what it prints is kept until it is asked for."""

    process: subprocess.Popen[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]
    began: float = field(default_factory=time.monotonic)

    def finished(self, what: str, progress: Progress) -> str:
        """Wait for it, saying so as ``what``, and return what it printed; raises ``DureError`` where it failed."""
        while self.process.poll() is None:
            progress(f"{what}, seconds", round(time.monotonic() - self.began), None)
            try:
                self.process.wait(_LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        if self.process.returncode:
            *_, last = _text(self.stderr).strip().splitlines() or [f"exit code {self.process.returncode}"]
            said = last.removeprefix("error: ").removeprefix("오류: ")
            raise DureError(Wording(f"{what}: 실패했습니다. {said}", f"{what} failed: {said}"))
        return _text(self.stdout)


@contextmanager
def beside(arguments: Sequence[str]) -> Iterator[Beside]:
    """Run ``dure`` with ``arguments`` while the block does something else; it is ended where the block fails.

    It ends with this process too, however that ends: its standard input is a pipe that nobody writes to, and that the
    system closes.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        command = [sys.executable, "-P", "-c", _MAIN, *arguments]
        with subprocess.Popen(  # noqa: S603 - the project's own command
            command, stdin=subprocess.PIPE, stdout=stdout, stderr=stderr
        ) as process:
            try:
                yield Beside(process, stdout, stderr)
            finally:
                process.terminate()


def end_with_parent() -> None:
    """End this process, begun by ``beside``, once the one that began it has ended, killed or not."""
    Thread(target=_end_at_end_of_input, daemon=True).start()


def _end_at_end_of_input() -> None:
    # Not ``sys.stdin``: its lock would be held while this waits, and the interpreter needs it to end.
    while os.read(_STANDARD_INPUT, 1):
        pass
    os._exit(1)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
