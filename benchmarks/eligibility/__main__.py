"""Precision and recall of what is read of notices, field by field: ``python -m benchmarks.eligibility``.

Reads the notices of ``labels.json`` from the public files below ``--data`` (the labels hold no text of theirs) and
prints a line for each field: how many facts were read right, wrong and not at all, with Wilson intervals; where no one
value tells it, how often it was left to people; how often nothing at all was said of it. ``--half dev`` is for
development, the others were looked at once, ``--wrong`` lists what differs. Notices whose file is not at hand are left
out, with the reason; the status is 0 then too.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.eligibility.scores import HEADER, Misreading, read_labels, read_programs, score

DATA = Path(__file__).parents[3] / "shared" / "data" / "programs"


def main(arguments: Sequence[str] | None = None) -> None:
    """Score one half, or both, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the files that the labels name")
    parser.add_argument(
        "--half",
        choices=("dev", "held", "second", "third", "fifth", "sixth", "seventh", "eighth", "ninth", "all"),
        default="all",
    )
    parser.add_argument("--wrong", action="store_true", help="list what differs from the labels")
    options = parser.parse_args(arguments)
    labels = [label for label in read_labels() if options.half in ("all", label.half)]
    missing = sorted({label.file for label in labels if not (options.data / label.file).is_file()})
    if missing:
        print(f"skipped: {', '.join(missing)} not in {options.data}; name the folder with --data")
    labels = [label for label in labels if label.file not in missing]
    if not labels:
        return
    programs = read_programs(options.data, labels)
    differences: list[Misreading] = []
    print(HEADER)
    for line in score(labels, programs, differences):
        print(line)
    if options.wrong:
        print(*differences, sep="\n")


if __name__ == "__main__":
    main()
