"""Snapshots and what is read from them."""
