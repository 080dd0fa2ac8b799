"""What a model may know, and what it is asked."""
