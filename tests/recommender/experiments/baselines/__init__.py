"""Tests of recommender.experiments.baselines."""
