"""Writing chapters: drafts, candidates, their evaluation, revisions, runs."""
