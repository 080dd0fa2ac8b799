"""What all estimators keep to, as classes to inherit and helpers for them."""
