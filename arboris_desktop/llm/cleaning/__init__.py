"""Removing what does not belong to an answer: thoughts, template tokens, words to the user."""
