"""What a model proposes to write at the author's cursor."""
