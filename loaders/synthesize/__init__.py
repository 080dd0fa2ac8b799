"""A made-up city for what no register publishes, marked synthetic throughout."""
