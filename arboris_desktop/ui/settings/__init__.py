"""Settings, the first page included."""
