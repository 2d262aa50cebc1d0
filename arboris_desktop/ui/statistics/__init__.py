"""Statistics of the writing: today, days in a row, targets, and a plot of the words per day."""
