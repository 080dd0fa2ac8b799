"""Importers of public sets."""
