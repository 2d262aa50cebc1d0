"""Spelling: the words of the open novel are judged off the GUI thread."""
