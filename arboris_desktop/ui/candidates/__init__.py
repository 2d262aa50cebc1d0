"""Versions of a chapter side by side: written at once, judged, compared, merged, and one chosen."""
