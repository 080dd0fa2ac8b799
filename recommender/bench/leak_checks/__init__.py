"""Signs that an answer can be read off what a model is given."""
