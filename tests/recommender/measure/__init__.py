"""Metrics, hand-computed."""
