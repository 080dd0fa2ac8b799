"""Names of fields of the International Patent Classification, which people know by their codes too."""

from __future__ import annotations

from typing import Final

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.snapshot.snapshot import Snapshot

_SCHEME: Final = "ipc:"
_SUBCLASS: Final = 4
"""Characters of a subclass, with which the code of each of its groups begins."""


def titled_code(snapshot: Snapshot, code: str) -> Wording:
    """Return a code of a group with the title of its subclass, as far as the graph has it: ``A23L 7/10 (식품)``."""
    subclass = NodeRef("TechField", f"{_SCHEME}{code[:_SUBCLASS]}")
    title = snapshot.value(subclass, "name")
    if title in (None, code[:_SUBCLASS]):
        return Wording.alike(code)
    return Wording(f"{code} ({title})", f"{code} ({snapshot.value(subclass, 'name_en') or title})")


def spoken_caption(snapshot: Snapshot, ref: NodeRef) -> Wording:
    """Return the caption of a node, of an IPC field its code with a title: ``IPC G01N (재료의 조사·분석)``.

    The title is the field's own or, where the graph has none, that of the next field above that has one, with its code.
    """
    caption = snapshot.caption(ref)
    if ref.label != "TechField" or not ref.id.startswith(_SCHEME):
        return Wording.alike(caption)
    code = ref.id.removeprefix(_SCHEME)
    if caption not in (code, ref.id):
        english = snapshot.value(ref, "name_en") or caption
        return Wording(f"IPC {code} ({caption})", f"IPC {code} ({english})")
    for length in range(len(code) - 1, 0, -1):
        above = code[:length]
        field = NodeRef("TechField", f"{_SCHEME}{above}")
        title = snapshot.value(field, "name")
        if title not in (None, above):
            english = snapshot.value(field, "name_en") or title
            return Wording(f"IPC {code} ({above} {title})", f"IPC {code} ({above} {english})")
    return Wording.alike(f"IPC {code}")
