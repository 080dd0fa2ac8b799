"""Simple scorers."""
