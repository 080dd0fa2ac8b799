"""File and folder names shared by the writer of a run and its readers."""

from __future__ import annotations

from typing import Final

METRICS_FILE: Final = "metrics.json"
FIGURES_FILE: Final = "figures.json"
QUERIES_FILE: Final = "queries.parquet"
REPORT_FILE: Final = "report.md"
EXPLAINED_FILE: Final = "explain.json"
PARTS: Final = "parts"
