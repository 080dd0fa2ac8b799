"""Snapshots, text, scorers, constraints, explanations, evaluation, bundles."""
