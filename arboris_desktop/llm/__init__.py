"""Talking to language models: over HTTP, or to the one that ships with the application."""
