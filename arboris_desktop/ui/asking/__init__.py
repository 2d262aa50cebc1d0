"""Questions to a model, as the window shows them."""
