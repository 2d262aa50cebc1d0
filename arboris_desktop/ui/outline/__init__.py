"""The stage of the outline: volumes and chapters planned, moved, split, and made by a model."""
