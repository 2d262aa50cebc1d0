"""The dialogue in which a novel begins, and the brief that results."""
