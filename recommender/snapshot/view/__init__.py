"""A node's neighbourhood as one HTML page: a picture, and the same facts in words."""
