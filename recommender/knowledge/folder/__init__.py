"""Experiment folders: read, checked, written."""
