"""Names of fields of the International Patent Classification, of which registers know no more than the code."""

from __future__ import annotations

from typing import Final

from graph_schema.model import NodeRef
from recommender.snapshot.snapshot import Snapshot

_SCHEME: Final = "ipc:"


def spoken_caption(snapshot: Snapshot, ref: NodeRef) -> str:
    """Return the caption of a node, of an IPC field its code with a title: ``IPC G01N (G 물리학)``.

    The title is the field's own or, where the graph has none, that of the next field above that has one, with its code.
    """
    caption = snapshot.caption(ref)
    if ref.label != "TechField" or not ref.id.startswith(_SCHEME):
        return caption
    code = ref.id.removeprefix(_SCHEME)
    if caption not in (code, ref.id):
        return f"IPC {code} ({caption})"
    for length in range(len(code) - 1, 0, -1):
        above = code[:length]
        title = snapshot.value(NodeRef("TechField", f"{_SCHEME}{above}"), "name")
        if title not in (None, above):
            return f"IPC {code} ({above} {title})"
    return f"IPC {code}"
