"""The codex in the window: its entries, what waits for the author, its history."""
