"""The formats in: a module for each, and the one list of them."""
