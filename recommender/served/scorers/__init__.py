"""Scorers over that seam."""
