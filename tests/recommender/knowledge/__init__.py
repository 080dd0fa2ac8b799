"""What a model may know."""
