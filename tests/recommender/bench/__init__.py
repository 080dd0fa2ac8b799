"""The bench: what it asks, judges and refuses."""
