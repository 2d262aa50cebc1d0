"""What came with a novel file and waits for a decision."""
