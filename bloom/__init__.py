"""The graph as coordinators explore it in Neo4j Bloom: a perspective made from the catalog and tried on the store."""
