"""Which industries a notice is open to, from section names with division ranges: ``제조업(10~34)@건설업(41~42)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders import industries

_SECTION = re.compile(r"(?P<name>[^@()]+)\(\s*(?P<first>\d{2})\s*(?:[~∼～-]\s*(?P<last>\d{2})\s*)?\)")


@dataclass(frozen=True, slots=True)
class AdmittedIndustries:
    """Industries that a notice is open to; ``every`` is None where nothing tells. Divisions are in order."""

    every: bool | None = None
    divisions: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def parse_industries(text: str | None) -> AdmittedIndustries:
    """Read division ranges of KSIC 10 and 11, which share their divisions, joined by ``@``.

    All 21 sections mean every industry. A text with a part that is no range of existing divisions is unknown as a
    whole, since leaving the part out would shut companies out.
    """
    written = (text or "").strip(" @")
    if not written:
        return AdmittedIndustries()
    ranges = [_SECTION.fullmatch(part.strip()) for part in written.split("@")]
    chosen: set[str] = set()
    for match in ranges:
        found = match and {
            d for d in industries.divisions() if match["first"] <= d <= (match["last"] or match["first"])
        }
        if not found:
            return AdmittedIndustries()
        chosen |= found
    if chosen == set(industries.divisions()):
        return AdmittedIndustries(every=True)
    return AdmittedIndustries(every=False, divisions=tuple(sorted(chosen)))
