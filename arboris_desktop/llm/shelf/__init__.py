"""Downloading the models of the shelf from the hubs, and storing them."""
