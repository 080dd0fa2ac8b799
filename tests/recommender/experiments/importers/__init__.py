"""Tests of the importers of public sets."""
