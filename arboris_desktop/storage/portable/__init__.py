"""Rows of a novel on their way to another database."""
