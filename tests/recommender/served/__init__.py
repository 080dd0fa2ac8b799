"""The seam of what serves a snapshot."""
