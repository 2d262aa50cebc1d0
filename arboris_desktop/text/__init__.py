"""Algorithms on text: prose, differences, headings, numerals, quotations, search terms."""
