"""The costs of the models."""
