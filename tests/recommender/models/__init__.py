"""The lists of models."""
