"""Completing relations: decoders, rules, a graph encoder, and the stack that blends them."""
