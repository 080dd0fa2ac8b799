"""Which industries a notice is open to, from section names with division ranges: ``제조업(10~34)@건설업(41~42)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders import industries

_SECTION = re.compile(r"(?P<name>[^@()]+)\(\s*(?P<first>\d{2})\s*(?:[~∼～-]\s*(?P<last>\d{2})\s*)?\)")


@dataclass(frozen=True, slots=True)
class Industries:
    """Industries that a notice is open to; ``every`` is None where nothing tells. Divisions are in order."""

    every: bool | None = None
    divisions: tuple[str, ...] = ()


def parse_industries(text: str | None) -> Industries:
    """Read division ranges of KSIC 10 and 11, which share their divisions, joined by ``@``.

    All 21 sections mean every industry. A text with a part that is no range of existing divisions is unknown as a
    whole, since leaving the part out would shut companies out.
    """
    written = (text or "").strip(" @")
    if not written:
        return Industries()
    ranges = [_SECTION.fullmatch(part.strip()) for part in written.split("@")]
    chosen: set[str] = set()
    for match in ranges:
        found = match and {
            d for d in industries.divisions() if match["first"] <= d <= (match["last"] or match["first"])
        }
        if not found:
            return Industries()
        chosen |= found
    if chosen == set(industries.divisions()):
        return Industries(every=True)
    return Industries(every=False, divisions=tuple(sorted(chosen)))
