"""From a snapshot to a bundle that serves."""
