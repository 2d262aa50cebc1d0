"""Find and replace in the chapter that is shown."""
