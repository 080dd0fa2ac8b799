"""How well, and how fast, organisations are told apart and found to be one: labelled pairs and growing registers."""
