"""The open parts of a running server, made once by the lifespan and handed to requests by ``deps``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.feedback_journal import FeedbackJournal
from api.graph_counts import GraphCounter
from api.keys import KeyRing
from api.metrics import RequestMetrics
from api.served_model import ServedModel
from api.settings import ApiSettings
from api.store_access import WatchedAccess
from api.workers import Kind, Workers


@dataclass(frozen=True, slots=True)
class Services:
    """What requests work with; ``keys`` is None in development mode."""

    settings: ApiSettings
    keys: KeyRing | None
    model: ServedModel
    store: WatchedAccess
    feedback: FeedbackJournal
    counter: GraphCounter
    metrics: RequestMetrics
    workers: Mapping[Kind, Workers]
