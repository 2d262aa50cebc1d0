"""Search and replace in the whole book."""
