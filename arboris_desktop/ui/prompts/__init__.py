"""The prompts of a novel: ours, and what the author has put in their place."""
