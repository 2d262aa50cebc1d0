"""The gallery: every page, panel and dialog in all looks, and what is cut in them."""
