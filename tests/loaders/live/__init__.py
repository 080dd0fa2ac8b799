"""Tests of asking public APIs, against a real server on this machine."""
