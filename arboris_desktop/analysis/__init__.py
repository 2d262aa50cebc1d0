"""Use cases of the analysis: the queue's rules, the four steps, merging into the codex."""
