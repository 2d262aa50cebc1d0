"""Spelling: dictionaries, the words that a novel knows, and the mistakes in a text."""
