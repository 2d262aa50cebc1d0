"""Go to anything: chapters, entries of the codex, and what the menus do, by a few letters."""
