"""Its scorers."""
