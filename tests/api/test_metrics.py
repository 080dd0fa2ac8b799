"""Counts and durations as Prometheus reads them."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.metrics import RequestMetrics


def test_methods_and_addresses_that_nobody_knows_make_no_new_series(client: TestClient) -> None:
    for number in range(1000):
        client.request(f"M{number}", "/health/live")
        client.get(f"/nowhere/{number}")
    lines = client.get("/metrics").text.splitlines()
    counted = [line for line in lines if line.startswith("dure_http_requests_total")]
    assert counted == [
        'dure_http_requests_total{method="GET",route="unmatched",status="404"} 1000',
        'dure_http_requests_total{method="other",route="/health/live",status="405"} 1000',
    ]


def test_buckets_are_cumulative_and_a_bound_belongs_to_its_bucket() -> None:
    metrics = RequestMetrics()
    for seconds in (0.005, 0.006, 99.0):
        metrics.observe("GET", "/v1/search", 200, seconds)
    metrics.observe("GET", "/v1/search", 503, 0.001)
    lines = metrics.text({"dure_model_ready": 1.0}).splitlines()
    name = "dure_http_request_duration_seconds"
    assert f'{name}_bucket{{route="/v1/search",le="0.005"}} 2' in lines
    assert f'{name}_bucket{{route="/v1/search",le="0.01"}} 3' in lines
    assert f'{name}_bucket{{route="/v1/search",le="10.0"}} 3' in lines
    assert f'{name}_bucket{{route="/v1/search",le="+Inf"}} 4' in lines
    assert f'{name}_count{{route="/v1/search"}} 4' in lines
    assert 'dure_http_requests_total{method="GET",route="/v1/search",status="503"} 1' in lines
    assert lines[-1] == "dure_model_ready 1"
