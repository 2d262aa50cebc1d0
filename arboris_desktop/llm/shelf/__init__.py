"""Fetching the models of the shelf from the hubs, and keeping them."""
