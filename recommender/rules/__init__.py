"""Who may have what, on a day."""
