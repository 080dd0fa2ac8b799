"""Experiments put together: folder, models, bench, report."""

from recommender.lab.run import run_experiment

__all__ = ["run_experiment"]
