"""Names of the files and folders of a run that others than their writers look for."""

from __future__ import annotations

from typing import Final

METRICS_FILE: Final = "metrics.json"
FIGURES_FILE: Final = "figures.json"
QUERIES_FILE: Final = "queries.parquet"
REPORT_FILE: Final = "report.md"
EXPLAINED_FILE: Final = "explain.json"
PARTS: Final = "parts"
