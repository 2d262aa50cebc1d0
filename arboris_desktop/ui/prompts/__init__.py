"""The prompts of a novel: ours, and the author's replacements."""
