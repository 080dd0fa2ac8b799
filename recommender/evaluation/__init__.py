"""Splits, metrics and reports: the only place that computes metrics."""
