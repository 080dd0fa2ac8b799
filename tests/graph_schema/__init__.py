"""Tests of the graph's schema."""
