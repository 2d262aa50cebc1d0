"""Copying a chapter to the editor of a publishing platform."""
