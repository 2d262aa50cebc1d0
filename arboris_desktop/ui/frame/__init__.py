"""The frame around the page: the bar above, the panels beside, and what leads to them."""
