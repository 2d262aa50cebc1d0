"""Import and export of books as files."""
