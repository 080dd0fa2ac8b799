"""Tests of entity resolution."""
