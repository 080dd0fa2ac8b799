"""The seam of what serves a city's snapshot today."""
