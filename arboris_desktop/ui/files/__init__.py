"""Files that are opened, imported and exported."""
