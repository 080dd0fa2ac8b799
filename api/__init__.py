"""The HTTP interface over a bundle and a store."""
