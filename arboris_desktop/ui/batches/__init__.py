"""Analysing many chapters together."""
