"""Tests of the checks for leaks, each with a planted leak and an honest look-alike."""
