"""The preview of an import: the headings of a file, for correction."""
