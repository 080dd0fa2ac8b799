"""Pictures of pages of ``dure graph view`` for the guides, as a desk and as a telephone show them.

``python -m benchmarks.view_pictures page.html=docs/images/view.png page.html=docs/images/view-phone.png@phone`` opens
each page in headless Chromium and writes what is seen, in few colours, so that a picture stays small.
"""

from __future__ import annotations

import argparse
import io
import shutil
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright


class Screen(NamedTuple):
    """Width and height in CSS pixels, dots to each, and whether fingers move it."""

    width: int
    height: int
    scale: float = 1.0
    touch: bool = False


SCREENS: Final = {"desk": Screen(1280, 800), "phone": Screen(390, 844, 2.0, touch=True)}
_COLOURS: Final = 256
"""As many as a palette has: enough for flat shapes with smooth edges."""
_SETTLED_MS: Final = 1_500
"""Until the picture has been laid out and fonts are there."""


def picture(browser: Browser, page: Path, screen: Screen) -> bytes:
    """Return the first screen of a page as a PNG file."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=screen.scale,
        is_mobile=screen.touch,
        has_touch=screen.touch,
        locale="ko-KR",
    )
    try:
        opened = context.new_page()
        opened.goto(page.resolve().as_uri())
        opened.wait_for_timeout(_SETTLED_MS)
        shown = Image.open(io.BytesIO(opened.screenshot()))
    finally:
        context.close()
    file = io.BytesIO()
    shown.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> None:
    """Write all pictures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="+", metavar="PAGE=PICTURE[@SCREEN]", help=", ".join(SCREENS))
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for each in given.pictures:
            page, _, target = each.rpartition("=")
            path, _, screen = target.partition("@")
            Path(path).write_bytes(picture(browser, Path(page), SCREENS[screen or "desk"]))
            print(f"{path}: {Path(path).stat().st_size / 1e3:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
