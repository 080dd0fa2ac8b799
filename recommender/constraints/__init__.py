"""Rules over dated facts: they decide in, out or to be checked; the model only orders."""
