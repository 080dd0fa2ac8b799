"""Tests of the Bloom perspective."""
