"""Graph stores behind one contract: an embedded DuckDB file and Neo4j."""
