"""The graph at rest: immutable columns, facts as of a day, and a node's neighbourhood."""
