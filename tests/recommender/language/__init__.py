"""What sentences are made of."""
