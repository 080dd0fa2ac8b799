"""What each source is, which of its fields are read, and from how many real rows: writes ``docs/sources.md``."""
