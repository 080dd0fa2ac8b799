"""Tests that execute the notebooks."""
