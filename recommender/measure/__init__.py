"""Numbers from ranks and probabilities; knows no model and no graph."""
