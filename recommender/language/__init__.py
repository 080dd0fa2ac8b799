"""What Korean and English sentences are made of, and what is read out of typed ones; knows no data."""
