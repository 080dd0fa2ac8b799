"""Tests of the made-up city."""
