"""One simple idea a file, the only one of its kind."""
