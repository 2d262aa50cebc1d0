"""The second pane, beside the text."""
