"""What the command line offers beyond a few lines: a module for each command."""
