"""What authors keep of a chapter for themselves."""
