"""Which chapters are being written, and the ways to begin and to stop that."""
