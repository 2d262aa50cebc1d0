"""The queue: its panel, banner and batches."""
