"""Writers of books: a module for each format, and the one list of them."""
