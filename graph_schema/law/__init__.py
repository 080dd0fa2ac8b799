"""The law as dated data: rows with authority, article, days and figures, and what they say of a case on a day."""
