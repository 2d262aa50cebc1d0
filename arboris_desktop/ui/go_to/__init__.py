"""Go to anything: chapters, codex entries and commands, by a few letters."""
