"""Small widgets and helpers without a subject of their own."""
