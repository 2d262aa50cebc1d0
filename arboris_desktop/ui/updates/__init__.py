"""Telling of a newer version."""
