"""Asks the public APIs themselves: pages are kept in the home as they came, and then loaded as saved files."""
