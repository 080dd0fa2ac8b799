"""The models by name: the only place that imports them all."""
