"""Windows, panels, models, theme and translations."""
