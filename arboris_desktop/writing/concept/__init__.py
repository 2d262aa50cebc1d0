"""The dialogue in which a novel begins, and the brief in which it ends."""
