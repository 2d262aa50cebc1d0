"""Items of a novel file that wait for a decision."""
