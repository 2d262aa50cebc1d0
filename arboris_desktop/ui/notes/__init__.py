"""Authors' private notes on a chapter."""
