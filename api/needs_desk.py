"""Needs in the graph store: raised with personal details masked, listed, moved through their states."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from api.problems import ConflictError
from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders.fields import KOREA
from loaders.masking import mask
from loaders.sources.needs import STATES
from recommender.language.particles import with_particle
from stores.base import GraphStore

_NEED: Final = node_type("Need")
_NEEDS: Final = relation_type("Company", "NEEDS", "Need")
_SOURCE: Final = "api"
_TITLE_CHARS: Final = 80
"""Characters of a text that serve as its title: a line of the queue."""
_STATE_NAMES: Final = {state: name for name, state in STATES.items()}
_DESK: Final = Lock()
"""Reads, checks and writes of this process are one step each; a store behind a server would let others in between."""

MOVES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "open": ("assigned", "resolved", "declined"),
        "assigned": ("open", "resolved", "declined"),
        "resolved": ("open",),
        "declined": ("open",),
    }
)
"""State → states that may follow; what was closed must be opened again first."""


@dataclass(frozen=True, slots=True)
class Need:
    """A need as the queue shows it; ``company`` is a company's id."""

    id: str
    title: str
    text: str | None
    kind: str | None
    state: str
    raised_on: date | None
    company: str | None
    synthetic: bool


def raise_need(
    store: GraphStore, *, text: str, kind: str, title: str | None, company: str | None, request_key: str | None
) -> Need:
    """Write a need and its relationship to the company; the same ``request_key`` gives the same need, once.

    Raises ``NotFoundError`` for a company that is not in the graph, and ``ConflictError`` where the same key comes
    with another text, kind, title or company.
    """
    masked = mask(text)
    said = {"title": mask(title) if title else masked[:_TITLE_CHARS], "text": masked, "kind": kind}
    with _DESK:
        return _raise(store, f"need:{_name(request_key)}", said, company)


def _raise(store: GraphStore, need_id: str, said: Mapping[str, Any], company: str | None) -> Need:
    if company is not None and store.get_node(NodeRef("Company", company)) is None:
        raise NotFoundError(
            Wording(
                f"Company:{company}: 그래프에 없는 기업입니다. 적재하거나 `company`를 빼십시오",
                f"Company:{company} is not in the graph; load it, or leave `company` out",
            )
        )
    stored = store.get_node(NodeRef("Need", need_id))
    owner = None if stored is None else _company_of(store, need_id)
    if stored is None:
        now = datetime.now(KOREA)
        stored = {
            **said,
            "state": "open",
            "raised_on": now.date(),
            "source": _SOURCE,
            "loaded_at": now.astimezone(UTC),
            "synthetic": False,
        }
        store.upsert_nodes(_NEED, _row(need_id, stored))
    elif owner not in (None, company) or any(stored.get(name) != value for name, value in said.items()):
        # One without a company may be one that was cut off before its relationship was written: that is made up for.
        raise ConflictError(
            Wording(
                "같은 need_id로 다른 내용이 이미 있습니다. 새 요청에는 새 need_id를 쓰십시오.",
                "this need_id was sent before with another text, kind, title or company; choose a new one for a new "
                "need",
            )
        )
    if company != owner:
        edge = table_from_columns(
            _NEEDS,
            {"src": [company], "dst": [need_id]},
            on=stored.get("raised_on"),
            source=_SOURCE,
            loaded_at=datetime.now(UTC),
        )
        store.upsert_relationships(_NEEDS, edge)
    return _need(need_id, stored, company)


def get_need(store: GraphStore, need_id: str) -> Need:
    """Read one need; raises ``NotFoundError``."""
    return _need(need_id, _stored(store, need_id), _company_of(store, need_id))


def move_need(store: GraphStore, need_id: str, state: str, *, seen: str | None = None) -> Need:
    """Put a need into another state, provided that it still is in the state ``seen``, where that is given.

    Raises ``NotFoundError``, and ``ConflictError`` for a move that is not allowed or comes too late.
    """
    with _DESK:
        return _move(store, need_id, state, seen)


def _move(store: GraphStore, need_id: str, state: str, seen: str | None) -> Need:
    stored = _stored(store, need_id)
    present = str(stored.get("state", "open"))
    if seen not in (None, present):
        raise ConflictError(
            Wording(
                f"그사이 {with_particle(_quoted(present), '로')} 바뀌었습니다. 다시 보고 바꾸십시오.",
                f"the need is {present} by now, not {seen}; look at it again before you move it",
            )
        )
    if state != present:
        if state not in MOVES[present]:
            possible = ", ".join(map(_quoted, MOVES[present]))
            raise ConflictError(
                Wording(
                    f"{_quoted(present)} 상태에서 {with_particle(_quoted(state), '로')} 바꿀 수 없습니다. "
                    f"{with_particle(possible, '로')}만 바꿀 수 있습니다.",
                    f"a need that is {present} can become {', '.join(MOVES[present])}, not {state}",
                )
            )
        stored = {**stored, "state": state, "loaded_at": datetime.now(UTC)}
        store.upsert_nodes(_NEED, _row(need_id, stored))
    return _need(need_id, stored, _company_of(store, need_id))


def _stored(store: GraphStore, need_id: str) -> Mapping[str, Any]:
    stored = store.get_node(NodeRef("Need", need_id))
    if stored is None:
        raise NotFoundError(
            Wording(
                f"{need_id!r}: 그런 요청이 없습니다. GET /v1/needs에서 확인하십시오",
                f"no need {need_id!r}; GET /v1/needs lists them",
            )
        )
    return stored


def list_needs(
    store: GraphStore, *, state: str | None, kind: str | None, company: str | None, after: str
) -> Iterator[Need]:
    """Yield needs by id, after one id, that match what is given; of a need with several companies the first owns it."""
    companies: dict[str, str] = {}
    for batch in store.read_relationships(_NEEDS):
        for owner, need_id in zip(batch.column("src").to_pylist(), batch.column("dst").to_pylist(), strict=True):
            companies.setdefault(need_id, owner)
    for batch in store.read_nodes(_NEED):
        for row in batch.to_pylist():
            need = _need(row["id"], row, companies.get(row["id"]))
            wanted = ((state, need.state), (kind, need.kind), (company, need.company))
            if need.id > after and all(asked in (None, has) for asked, has in wanted):
                yield need


def _name(request_key: str | None) -> str:
    return uuid.uuid4().hex if request_key is None else hashlib.sha256(request_key.encode()).hexdigest()[:32]


def _quoted(state: str) -> str:
    return f"‘{_STATE_NAMES[state]}’"


def _row(need_id: str, values: Mapping[str, Any]) -> pa.Table:
    columns = {name: [value] for name, value in values.items()}
    return table_from_columns(_NEED, {**columns, "id": [need_id]})


def _company_of(store: GraphStore, need_id: str) -> str | None:
    found = store.neighbors(NodeRef("Need", need_id), types=("NEEDS",), limit=1)
    return found[0].source.id if found else None


def _need(need_id: str, stored: Mapping[str, Any], company: str | None) -> Need:
    return Need(
        id=need_id,
        title=str(stored["title"]),
        text=stored.get("text"),
        kind=stored.get("kind"),
        state=str(stored.get("state") or "open"),
        raised_on=stored.get("raised_on"),
        company=company,
        synthetic=bool(stored.get("synthetic")),
    )
