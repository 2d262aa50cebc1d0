"""Reviews of written chapters by a model."""
