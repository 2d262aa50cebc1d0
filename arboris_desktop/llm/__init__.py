"""Access to language models: over HTTP, or the one that ships with the application."""
