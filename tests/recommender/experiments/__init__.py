"""Tests of recommender.experiments."""
