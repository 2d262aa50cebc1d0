"""Novels, chapters, drafts, passages and what is known of the story."""
