"""Use cases of the background analysis: the queue's rules, the four steps, merging into the codex."""
