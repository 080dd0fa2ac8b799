"""Write ``docs/sources.md`` from a run over the real files: ``python -m benchmarks.sources``.

Ends with status 0 and the reason where the files are not at hand.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.sources.examples import NOTICES, five_notices, load_report
from benchmarks.sources.page import page
from loaders.recognition import recognise

DATA = Path(__file__).parents[3] / "shared" / "data"
PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
_SAMPLE = Path(__file__).parents[2] / "loaders" / "samples"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read every real file that is a source's, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the real files")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"skipped: {options.data} is not there; name the folder with --data")
        return
    examples = load_report(options.data), five_notices(options.data / NOTICES)
    text = page(real_files(options.data), *examples)
    options.page.write_text(text, encoding="utf-8")


def real_files(data: Path) -> dict[str, list[Path]]:
    """Return the real files by source; where ``data`` has none of a source, those of the sample that are real."""
    found = recognise(data).files
    own = {name: [path for path in paths if path.parent == _SAMPLE] for name, paths in recognise(_SAMPLE).files.items()}
    return {name: paths for name, paths in own.items() if paths} | found


if __name__ == "__main__":
    main()
