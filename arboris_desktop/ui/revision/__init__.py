"""A passage that a model revises, accepted change by change."""
