"""A file seen before it is imported: its headings, to be corrected."""
