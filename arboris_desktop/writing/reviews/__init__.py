"""What a model says of written chapters."""
