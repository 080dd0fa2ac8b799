"""Measurements of speed and memory, each printing its figures."""
