"""Tests of recommender.constraints."""
