"""A headless Chromium for tests that look at a page, and the rules that every page must keep."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}

_OWN = ("file:", "blob:")

OpenPage = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Look once more at what a browser that crashed was looking at, which says nothing of the page; -ra names it.

    The option for all tests asks the first process over a socket before each, which takes some 40 ms.
    """
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["Target crashed"]))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Start a browser; without one the test is skipped, but in CI it fails.

    It ends with its module: while it lives an event loop runs in the thread, so that no coroutine of another could.
    """
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None or not AXE.is_file():
        absent = "no Chromium is on the path" if program is None else f"{AXE} is not there; run `make setup`"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{absent}, so no page can be looked at")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[OpenPage]:
    """Open a file at a size; whatever the page says as an error, or asks from elsewhere, fails the test."""
    contexts, complaints = [], []

    def opened(path: Path, size: str = "desktop", anchor: str = "") -> Any:
        width, height = SIZES[size]
        touch = size != "desktop"
        context = chromium.new_context(
            viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch, locale="ko-KR"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(_OWN) else None)
        page.goto(path.as_uri() + anchor)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def violations(page: Any) -> list[tuple[str, list[str]]]:
    """Return what axe finds against its rules, WCAG and good practice: rule and elements."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document).then(result => result.violations)")
    return [(each["id"], [" ".join(node["target"]) for node in each["nodes"]]) for each in found]
