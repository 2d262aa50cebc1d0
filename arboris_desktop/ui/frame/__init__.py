"""The frame around the page: the bar above, the panels beside it, and their buttons."""
