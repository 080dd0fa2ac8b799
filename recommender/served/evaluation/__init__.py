"""Evaluation over that seam."""
