"""Planted leaks, each found."""
