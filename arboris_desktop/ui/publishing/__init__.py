"""Taking a chapter to the editor of a platform."""
