"""Voice, style samples and rules of a novel."""
