"""Spelling: the words of the open novel are judged off the window's thread."""
