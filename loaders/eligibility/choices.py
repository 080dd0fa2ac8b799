"""Where a text lists conditions of which one is enough, and the heads of what each partner of a project has to be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONE: Final = r"(?:어느\s?하나|하나|한\s?가지|1\s?가지|1\s?개|택\s?1)"
_BELOW = re.compile(
    rf"(?:다음|아래|각\s?호)[^☞※.]{{0,24}}?\s?(?:{_ONE}[^☞※.]{{0,8}}?(?:충족|해당|만족)|{_ONE}\s?이상)[^☞※\-①②ㆍ:]{{0,24}}"
)
_ABOVE = re.compile(
    rf"(?:해당|상기|위)?\s?(?:요건|조건|자격|(?<![가-힣])이)\s?중\s?{_ONE}\s?(?:이상)?\s?(?:만\s?)?(?:을\s?)?(?:충족|해당|만족)"
)
_PARTNER = re.compile(r"\(?\s?(?:공동|위탁|참여|협력|수요|공급|멘토)\s?(?:연구\s?개발)?\s?(?:기관|기업|업체|처)")
"""The head of what a partner of the applicant has to be, such as ``(공동연구개발기관)``."""


@lru_cache(maxsize=4)
def _listed(text: str) -> tuple[int, int]:
    """Return from where on, and up to where, conditions are listed of which one is enough."""
    below = _BELOW.search(text)
    start = below.end() if below else len(text) + 1
    above = [match.start() for match in _ABOVE.finditer(text) if match.start() < start]
    return start, above[-1] if above and not below else 0


def one_is_enough(text: str, start: int) -> bool:
    """Whether what stands at ``start`` is one condition of several of which an applicant needs one."""
    from_here, up_to_here = _listed(text)
    return start >= from_here or start < up_to_here


def of_a_partner(head: str) -> bool:
    """Whether the head of a group names those who join the applicant in a project."""
    return bool(_PARTNER.search(head))
