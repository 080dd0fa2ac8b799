"""Tests of the page of sources."""
