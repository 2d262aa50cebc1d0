"""A model call as the author sees it: its course, its cost, and exactly what is sent."""
