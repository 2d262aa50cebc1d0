"""Help: the guide and the list of shortcuts, in the language of the window."""
