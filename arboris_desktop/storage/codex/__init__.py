"""Codex entries, facts, contradictions and the journal."""
