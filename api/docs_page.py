"""The page at /docs: Swagger UI out of an installed package, so that it shows on a network without the internet."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from starlette.responses import HTMLResponse, RedirectResponse

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

_ASSETS_PACKAGE: Final = "fastapi_offline"
_ASSETS: Final = "/docs/assets"
_LOOKS: Final = {
    "validatorUrl": None,  # Swagger UI would send the description to a public checker
    "docExpansion": "list",
    "defaultModelsExpandDepth": -1,
    "displayRequestDuration": True,
    "persistAuthorization": False,
    "tryItOutEnabled": True,
}


def add_docs(app: FastAPI) -> None:
    """Serve the page, what it loads, and the way to it from the bare address of the server."""
    app.mount(_ASSETS, StaticFiles(directory=_assets()), name="docs-assets")
    app.add_api_route("/docs", _page, include_in_schema=False)
    app.add_api_route("/", _to_docs, include_in_schema=False)


def _assets() -> Path:
    spec = find_spec(_ASSETS_PACKAGE)
    if spec is None or spec.origin is None:
        raise ConfigError(
            Wording(
                "fastapi-offline이 설치되어 있지 않습니다. pip install 'dure[api]'로 설치하십시오",
                "fastapi-offline is not installed; pip install 'dure[api]'",
            )
        )
    return Path(spec.origin).parent / "static"


async def _page(request: Request) -> HTMLResponse:
    root = request.scope.get("root_path", "")
    page = get_swagger_ui_html(
        openapi_url=f"{root}/openapi.json",
        title="Dure API 설명서 · documentation",
        swagger_js_url=f"{root}{_ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{root}{_ASSETS}/swagger-ui.css",
        swagger_favicon_url="data:,",
        swagger_ui_parameters=_LOOKS,
    )
    # A screen reader needs the language, which the framework's page leaves out.
    return HTMLResponse(bytes(page.body).decode().replace("<html>", '<html lang="ko">', 1))


async def _to_docs(request: Request) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/docs")
