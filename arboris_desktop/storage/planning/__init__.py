"""Blueprints, ideas, outlines and the rules of a novel."""
