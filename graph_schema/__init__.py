"""The graph's meaning: one catalog of labels, relationships and properties, and what is made from it."""
