"""Volumes and chapters: planned in ranges, edited as a whole."""
