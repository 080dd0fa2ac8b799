"""The engine: candidates from several sources, message passing for each query, a learned blend."""
