"""What holds in all packages alike: names, reasons of constants, and what the documents name."""
