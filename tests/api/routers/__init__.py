"""Tests of the endpoints, one file for each noun."""
