"""One file per source, each with one ``SOURCE``; ``loaders.registry`` lists them."""
