"""Import and export of books as files. Pure functions: storing is the writing layer's part."""
