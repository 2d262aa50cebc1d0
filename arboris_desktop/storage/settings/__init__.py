"""The author's settings and model profiles."""
