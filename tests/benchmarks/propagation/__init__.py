"""Tests of precomputed propagation."""
