"""Why the operating system refuses something, in Korean and English."""

from __future__ import annotations

import errno
from typing import Final

from graph_schema.wording import Wording

_REASONS: Final = {
    errno.ENOENT: "파일이 없음",
    errno.EACCES: "권한이 없음",
    errno.EPERM: "허용되지 않음",
    errno.EISDIR: "폴더임",
    errno.ENOTDIR: "폴더가 아님",
    errno.EEXIST: "같은 이름의 파일이 있음",
    errno.EROFS: "읽기 전용 디스크임",
    errno.ENOSPC: "디스크에 남은 공간이 없음",
    errno.EDQUOT: "디스크 사용 한도를 넘음",
    errno.EADDRINUSE: "이미 쓰고 있는 포트임",
    errno.EADDRNOTAVAIL: "이 컴퓨터의 주소가 아님",
    errno.EIO: "입출력 오류",
}
"""Errors of the system in Korean; others are given in its own words."""


def system_reason(error: OSError) -> Wording:
    """Say why the system refused, in its own words where the Korean is not known."""
    said = error.strerror or str(error)
    return Wording(_REASONS.get(error.errno or 0, said), said)


def reason_of(error: Exception) -> Wording:
    """Say why a file could not be used: what the system refused, else in the words of the error."""
    return system_reason(error) if isinstance(error, OSError) else Wording.alike(str(error))
