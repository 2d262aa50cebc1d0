"""Writing many chapters in a row."""
