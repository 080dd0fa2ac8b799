"""Entity resolution: finds the nodes of one organisation across registers, keeps the evidence, can be undone."""
