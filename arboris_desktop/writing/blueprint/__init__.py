"""The blueprint of a novel: made part by part, changed field by field."""
