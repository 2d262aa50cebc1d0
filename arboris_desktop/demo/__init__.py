"""Demonstrations: the real program at work on the built-in model, with pictures and a report."""
