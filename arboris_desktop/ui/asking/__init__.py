"""Model calls as the window shows them."""
