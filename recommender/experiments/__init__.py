"""Experiments on folders of CSV files: reading, splitting, comparing, reporting."""
