"""Simple scorers that the engine must beat."""
