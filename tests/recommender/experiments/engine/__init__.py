"""Tests of recommender.experiments.engine."""
