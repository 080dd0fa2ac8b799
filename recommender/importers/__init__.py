"""Experiment folders from public files, one module for each set."""
