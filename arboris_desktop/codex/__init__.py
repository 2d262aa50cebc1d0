"""The facts that the book has established: entries, merging, naming, contradictions, the
journal."""
