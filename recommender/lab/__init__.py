"""Experiments put together: folder, models, bench, report."""

from recommender.lab.run import run_experiment
from recommender.lab.saved import open_model, save_model

__all__ = ["open_model", "run_experiment", "save_model"]
