"""Things that came with a novel file and wait for a decision."""
