"""Tests of triple completion."""
