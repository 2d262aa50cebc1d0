"""Readers of file formats: a module for each, and the one list of them."""
