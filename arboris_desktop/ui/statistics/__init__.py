"""Statistics of the writing: today, streaks, targets, and a plot of the words per day."""
