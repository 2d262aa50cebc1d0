"""The chapters that are being written, and the ways to begin and to stop that."""
