"""Proposals of a model for the text at the author's cursor."""
