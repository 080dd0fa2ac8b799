"""Rules, case by case."""
