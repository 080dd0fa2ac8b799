"""From registers to graph: one file per source, one frame for all."""
