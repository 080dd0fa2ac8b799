"""Tests of how much of a notice is read."""
