"""Reviews of a chapter, and mood and pace over the book."""
