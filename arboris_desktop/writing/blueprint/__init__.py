"""The blueprint of a novel: created part by part, revised field by field."""
