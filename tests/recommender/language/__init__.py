"""Korean sentences, and what is read out of typed ones."""
