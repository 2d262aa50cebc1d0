"""Reviews of a chapter, and feeling and pace over the book."""
