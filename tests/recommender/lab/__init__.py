"""Experiments put together."""
