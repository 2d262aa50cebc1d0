"""The chapters being written, and how that is started and stopped."""
