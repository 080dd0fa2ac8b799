"""A folder that is finished elsewhere and takes its place in one step."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

_TAKEN: Final = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR})


def take_place(folder: Path, target: Path) -> bool:
    """Rename ``folder`` to ``target`` on the same file system; False where something is there already, which stays.

    Of several writers one wins, and no folder ever lands inside another. An empty folder at ``target`` is replaced.
    """
    try:
        folder.rename(target)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True
