"""From a snapshot to a promoted bundle."""
