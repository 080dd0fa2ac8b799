"""Reads a Neo4j graph and sees on the way that all of it keeps to the catalog, so that no check need look again.

It is at least as strict as ``stores.bolt_check``, which tells where what is met here, and what mends it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.errors import UnsoundError
from graph_schema.model import ElementType, NodeType, Property, RelationType, ValueType
from graph_schema.validation import FIRST_DAY, LAST_DAY, MAX_INDEXED_LENGTH, PropertyRule, rules
from graph_schema.wording import Wording
from stores import bolt_queries
from stores.bolt_reading import Ask, batch_of, pages_of
from stores.search_text import search_texts


class SoundReading:
    """What a server holds, checked as it passes; each read raises ``UnsoundError`` at the first fault.

    What no read meets, such as a node without id, is missed from the counts by ``require_all``.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        held: dict[tuple[str, ...], int] = {
            tuple(labels): number for labels, number in ask(bolt_queries.LABELS_HELD, None)
        }
        if any(len(labels) > 1 for labels in held):
            raise _unsound("카탈로그의 레이블이 여럿 붙은 노드가 있습니다", "nodes have several labels of the catalog")
        self._present = Counter({label: number for (label,), number in held.items()})
        self._present.update(dict(ask(bolt_queries.TYPES_HELD, None)))
        self._read: dict[ElementType, int] = {}

    def read_nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """Stream all nodes of a label, by id, without derived properties."""
        done = 0
        for rows in pages_of(self._ask, node, searched=True) if self._present[node.label] else ():
            texts = [row.pop() for row in rows]
            batch = batch_of(node, rows)
            _require_rules(node, batch)
            if texts != search_texts(node, batch).to_pylist():
                raise _unsound(f"{node}: 직접 고친 노드가 있습니다", f"{node} nodes were edited by hand")
            yield batch
            done += batch.num_rows
        self._read[node] = done

    def read_relationships(self, relation: RelationType) -> Iterator[pa.RecordBatch]:
        """Stream all relationships of a relation, by (src, dst, key)."""
        done = 0
        for rows in pages_of(self._ask, relation) if self._leaves(relation) else ():
            batch = batch_of(relation, rows)
            _require_rules(relation, batch)
            _require_keys(relation, batch)
            yield batch
            done += batch.num_rows
        self._read[relation] = done

    def require_all(self) -> None:
        """Raise ``UnsoundError`` unless what was read is all that the server had of the catalog's labels and types."""
        read: Counter[str] = Counter()
        for element, number in self._read.items():
            read[element.label if isinstance(element, NodeType) else element.type] += number
        for name in self._present.keys() | read.keys():
            if read[name] != self._present[name]:
                missed = self._present[name] - read[name]
                raise _unsound(f"{name}: {missed}건을 읽지 못했습니다", f"{missed} of {name} could not be read")

    def _leaves(self, relation: RelationType) -> bool:
        """Tell whether any relationship of this type leaves its start label."""
        return bool(self._present[relation.type] and self._ask(bolt_queries.leaving(relation), None)[0][0])


def _require_rules(element: ElementType, batch: pa.RecordBatch) -> None:
    """Refuse a value that breaks a rule; ``batch_of`` saw to types and to what is required."""
    for p in element.stored:
        values = batch[p.name].drop_null()
        if any(pc.any(_BREAKS[rule](p, values)).as_py() for rule in rules(p) if rule in _BREAKS):
            raise _unsound(
                f"{element}: {p.name} 속성에 카탈로그에 맞지 않는 값이 있습니다",
                f"{element}: {p.name} has a value against the catalog",
            )
    if pc.any(pc.greater(batch["valid_from"], batch["valid_to"])).as_py():
        raise _unsound(f"{element}: valid_from이 valid_to보다 늦습니다", f"{element}: valid_from is after valid_to")


def _require_keys(relation: RelationType, batch: pa.RecordBatch) -> None:
    """Refuse a key that is there twice within a page; the next one begins after all that have the last key."""
    source, target, key = (pc.equal(batch[name][1:], batch[name][:-1]) for name in ("src", "dst", "key"))
    if pc.any(pc.and_(pc.and_(source, target), key)).as_py():
        raise _unsound(f"{relation}: key가 같은 관계가 둘 있습니다", f"{relation}: a key is there twice")


def _unsound(ko: str, en: str) -> UnsoundError:
    """Return the error that says what was met, and what tells all of it."""
    return UnsoundError(Wording(f"{ko}. `dure graph check`를 실행하십시오", f"{en}; run `dure graph check`"))


def _outside(values: pa.Array) -> pa.Array:
    first, last = (pa.scalar(day).cast(values.type) for day in (FIRST_DAY, LAST_DAY))
    return pc.or_(pc.less(values, first), pc.greater(values, last))


_BREAKS: Final[Mapping[PropertyRule, Callable[[Property, pa.Array], pa.Array]]] = {
    PropertyRule.TYPE: lambda p, values: (
        pc.invert(pc.is_finite(values)) if p.type is ValueType.FLOAT else pc.is_null(values)
    ),
    PropertyRule.NOT_EMPTY: lambda _, values: pc.equal(pc.utf8_trim_whitespace(values), ""),
    PropertyRule.LENGTH: lambda _, values: pc.greater(pc.utf8_length(values), MAX_INDEXED_LENGTH),
    PropertyRule.CHOICE: lambda p, values: pc.invert(pc.is_in(values, value_set=pa.array(p.choices))),
    PropertyRule.RANGE: lambda _, values: _outside(values),
}
"""Which values that are not null break a rule."""
