"""What is trained to serve, held against the best simple model of public sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import served
from benchmarks.served import BEST_SIMPLE, MARKERS, engine_ratios
from tests.recommender.folders import shop

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def test_a_set_has_a_line_with_both_ratios_and_the_rest_of_the_page_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "BEST_SIMPLE", {"shop": "popularity"})
    shop().write(tmp_path / "sets" / "shop")
    page = tmp_path / "page.md"
    figures = "| set | a | b | c | engine / baseline |\n| --- |\n| `world` | m | x | y | 1.234 × |"
    page.write_text(
        f"# Benchmarks\n\n{served.BEGIN}\n\n{figures}\n\n{served.END}\n\nWritten by hand.\n", encoding="utf-8"
    )
    served.main(["--out", str(tmp_path), "--sets", "shop", "--seeds", "1", "--page", str(page)])
    text = page.read_text(encoding="utf-8")
    (line,) = (
        each for each in text.split(MARKERS[0])[1].split(MARKERS[1])[0].splitlines() if each.startswith("| `world`")
    )
    cells = [cell.strip() for cell in line.split("|")[1:-1]]
    assert cells[1] == "recall@20"
    assert cells[2].startswith("popularity 0.")
    assert "±" in cells[3]
    assert cells[4].endswith("×")
    assert cells[5] == "1.234 ×"
    assert "Written by hand." in text


def test_the_simple_models_are_those_that_the_page_calls_best() -> None:
    rows = [[cell.strip() for cell in line.split("|")] for line in PAGE.read_text(encoding="utf-8").splitlines()]
    best: dict[str, str] = {}
    for row in rows:
        if len(row) > 4 and row[1].strip("`") in BEST_SIMPLE:
            best.setdefault(row[1].strip("`"), row[3].split()[0])
    assert best == BEST_SIMPLE
    ratios = engine_ratios(PAGE)
    assert ratios.keys() >= BEST_SIMPLE.keys()
    assert all(ratios[name].endswith("×") for name in BEST_SIMPLE)
