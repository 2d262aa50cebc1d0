"""The texts that a chapter had: read, compared, and brought back."""
