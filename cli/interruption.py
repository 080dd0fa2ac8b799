"""What a user reads after Ctrl-C, which typer answers with the exit code alone."""

from __future__ import annotations

from typing import Any, Final

import typer
from typer.core import TyperGroup

from cli.output import say_error
from graph_schema.wording import Wording

INTERRUPTED: Final = 130
"""128 + SIGINT, as shells have it."""
_GO_ON: Final = frozenset({"load", "sync", "demo", "experiment run", "experiment explain"})
"""Commands that go on where they were stopped."""


class InterruptibleGroup(TyperGroup):
    """A group of commands that tells how to go on where one that can was interrupted."""

    # typer keeps the base type of contexts to itself.
    def invoke(self, ctx: Any) -> Any:
        """Invoke the command; raises ``typer.Exit`` with code 130 where it is interrupted and can go on."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if _name(ctx) not in _GO_ON:
                raise
            say_error(
                Wording(
                    "중단되었습니다. 저장된 것은 남아 있으니 같은 명령을 다시 실행하면 이어서 합니다",
                    "interrupted; what was committed stays, run the same command again to go on",
                )
            )
            raise typer.Exit(INTERRUPTED) from None


def _name(ctx: typer.Context) -> str:
    """Return the command that was invoked, below the name of the program."""
    group = f"{ctx.info_name} " if ctx.parent is not None else ""
    return f"{group}{ctx.invoked_subcommand}"
