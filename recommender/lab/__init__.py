"""Experiments put together: folder, models, bench, report."""
