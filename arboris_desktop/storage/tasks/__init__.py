"""The analysis queue and its notifications."""
