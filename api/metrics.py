"""Counts and durations of requests, written as Prometheus reads them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"})
"""Methods of RFC 9110 and 5789; a client may invent others without end."""
OTHER: Final = "other"
BUCKETS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Those of Prometheus' own client, so that its dashboards fit."""


@dataclass
class _Durations:
    """One histogram: requests by bucket (the last one holds all that took longer), and their sum in seconds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS_S) + 1))
    total_s: float = 0.0


class RequestMetrics:
    """Requests by method, route template and status; safe for threads, flat in memory."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._durations: dict[str, _Durations] = {}

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; methods that are not in ``METHODS`` are one."""
        method = known_method(method)
        with self._lock:
            self._requests[method, route, status] += 1
            durations = self._durations.setdefault(route, _Durations())
            durations.counts[bisect_left(BUCKETS_S, seconds)] += 1
            durations.total_s += seconds

    def text(self, gauges: Mapping[str, float]) -> str:
        """Write all metrics, and ``gauges`` by name, in the text format 0.0.4."""
        lines = ["# TYPE dure_http_requests_total counter"]
        with self._lock:
            lines += [
                f'dure_http_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
                for (method, route, status), count in sorted(self._requests.items())
            ]
            lines.append("# TYPE dure_http_request_duration_seconds histogram")
            for route, durations in sorted(self._durations.items()):
                lines += _histogram(route, durations)
        for name, value in gauges.items():
            lines += [f"# TYPE {name} gauge", f"{name} {value:g}"]
        return "\n".join(lines) + "\n"


def known_method(method: str) -> str:
    """Return ``method`` where it is one of ``METHODS``, else "other"."""
    return method if method in METHODS else OTHER


def _histogram(route: str, durations: _Durations) -> list[str]:
    name, lines, seen = "dure_http_request_duration_seconds", [], 0
    for bound, count in zip((*map(str, BUCKETS_S), "+Inf"), durations.counts, strict=True):
        seen += count
        lines.append(f'{name}_bucket{{route="{route}",le="{bound}"}} {seen}')
    return [*lines, f'{name}_sum{{route="{route}"}} {durations.total_s:.6f}', f'{name}_count{{route="{route}"}} {seen}']
