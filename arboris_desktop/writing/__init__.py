"""Use cases of writing: novels, outlines, drafting a chapter, its context and summary."""
