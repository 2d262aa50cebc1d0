"""Spelling: dictionaries, the words that a novel knows, and what is wrong in a text."""
