"""Tests of the benchmark of entity resolution."""
