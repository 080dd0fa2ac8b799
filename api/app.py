"""The application: routers, error handlers, and a lifespan that opens every part once and closes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog
from fastapi import Depends, FastAPI

from api.body_limit import BodyLimit
from api.deps import known_parameters
from api.docs_page import add_docs
from api.error_handlers import add_error_handlers
from api.feedback_journal import FeedbackJournal
from api.graph_counts import GraphCounter
from api.keys import KeyRing
from api.metrics import RequestMetrics
from api.openapi import DESCRIPTION, TITLE, install_openapi
from api.recommender_opening import open_served_recommender
from api.request_context import RequestContext
from api.routers import feedback, health, kpis, needs, nodes, paths, recommendations, search
from api.served_model import OpenRecommender, ServedModel
from api.services import Services
from api.settings import ApiSettings
from api.store_access import OpenStore, store_access
from api.workers import ROOMS, Workers
from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from stores.opening import open_store

VERSION: Final = "1.0.0"
"""Of the API that ``/v1`` promises, apart from that of the package: it changes where an answer's form does."""
_ROUTERS: Final = (
    recommendations.router,
    search.router,
    nodes.router,
    paths.router,
    feedback.router,
    needs.router,
    kpis.router,
    health.router,
)


_open_existing_store: Final = partial(open_store, create=False)


@dataclass(frozen=True, slots=True)
class Openers:
    """How the two outer parts are opened; tests put faults in their place."""

    recommender: OpenRecommender = open_served_recommender
    store: OpenStore = _open_existing_store


def create_app(settings: ApiSettings, openers: Openers | None = None) -> FastAPI:
    """Build the application; raises ``ConfigError`` where neither a key file nor development mode is set up rightly."""
    keys, opening, metrics = _keys(settings), openers or Openers(), RequestMetrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        access = store_access(settings.store_uri, opening.store)
        model = ServedModel(settings.home, opening.recommender)
        workers = {kind: Workers(kind, room) for kind, room in ROOMS.items()}
        journal = FeedbackJournal(settings.files.feedback)
        app.state.services = Services(
            settings=settings,
            keys=keys,
            model=model,
            store=access,
            feedback=journal,
            counter=GraphCounter(access),
            metrics=metrics,
            workers=workers,
        )
        # The server answers at once, also whether it lives; the model is opened meanwhile.
        model.refresh()
        app.openapi()  # made once; the first request would wait for it
        workers["graph"].start(access.look)
        workers["feedback"].start(journal.look)
        structlog.get_logger().info("started")
        try:
            yield
        finally:
            for each in workers.values():
                each.close()
            journal.close()
            access.close()

    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,  # client generators name their methods by it
    )
    app.add_middleware(BodyLimit)
    app.add_middleware(RequestContext, metrics=metrics)
    add_error_handlers(app)
    for router in _ROUTERS:
        app.include_router(router, dependencies=[Depends(known_parameters)])
    add_docs(app)
    install_openapi(app, _ROUTERS)
    return app


def _keys(settings: ApiSettings) -> KeyRing | None:
    if not settings.api_open:
        return KeyRing(settings.key_file)
    if not settings.on_loopback:
        raise ConfigError(
            Wording(
                f"{settings.host}: DURE_API_OPEN은 키 없이 여는 설정이라 이 컴퓨터 안에서만(루프백) 쓸 수 있습니다. "
                "`dure keys create`로 키를 만들거나 서버를 127.0.0.1에서 실행하십시오",
                f"DURE_API_OPEN serves without keys, and so on loopback only, not on {settings.host}; "
                "make a key with `dure keys create`, or listen on 127.0.0.1",
            )
        )
    structlog.get_logger().warning("open_mode", meaning="anyone on this machine may ask for anything, without a key")
    return None
