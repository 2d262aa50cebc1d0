"""What the models have cost."""
