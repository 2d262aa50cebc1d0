"""Revising a passage with a model, accepted change by change."""
