"""Reasons that hold."""
