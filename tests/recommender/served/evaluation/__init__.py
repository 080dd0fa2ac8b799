"""Its evaluation."""
