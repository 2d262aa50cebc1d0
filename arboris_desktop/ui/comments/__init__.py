"""Comments on passages, beside the text."""
