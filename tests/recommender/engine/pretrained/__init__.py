"""The pretrained engine, part by part."""
