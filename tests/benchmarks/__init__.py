"""Tests of the benchmarks, on cities of a few hundred companies."""
