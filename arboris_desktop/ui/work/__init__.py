"""Asynchronous work in the window."""
