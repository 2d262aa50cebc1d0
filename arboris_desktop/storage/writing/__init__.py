"""Candidates, reviews, revisions, automatic runs and prompts."""
