"""What the leak suite looks at, one module for each kind of evidence."""
