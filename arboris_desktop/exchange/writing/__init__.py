"""Books written out: a module for each format, and the one list of them."""
