"""Scorers behind one protocol, one idea a file."""
