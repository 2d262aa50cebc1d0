"""Learning of a newer version: a signed feed over https. Nothing is downloaded or installed."""
