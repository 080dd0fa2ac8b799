"""The command ``dure``."""
