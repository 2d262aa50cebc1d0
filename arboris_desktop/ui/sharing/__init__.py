"""A library on a server that others have open, too."""
