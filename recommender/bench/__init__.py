"""Asks models and judges them; names none."""
