"""The wide graph of a city: neighbourhoods computed once, then a network over them without message passing."""
