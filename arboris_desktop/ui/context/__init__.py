"""A look at what the model is told for a chapter, why, and what was left out."""
