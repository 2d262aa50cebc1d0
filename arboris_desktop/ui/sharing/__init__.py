"""A library that is on a server, and that others have open too."""
