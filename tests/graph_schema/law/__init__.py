"""The law, line by line."""
