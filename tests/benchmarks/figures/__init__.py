"""Tests of the parts that make all figures."""
