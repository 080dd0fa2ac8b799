"""Experiment folders."""
