"""Earlier texts of a chapter: read, compared, and restored."""
