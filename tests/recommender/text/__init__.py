"""Texts and vectors."""
