"""Completion of relations."""
