"""Tests of the eligibility parsers."""
