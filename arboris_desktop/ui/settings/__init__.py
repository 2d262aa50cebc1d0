"""Settings, including the first-run page."""
