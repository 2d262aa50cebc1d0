"""Restoring the author's data."""
