"""Backups, restoring, and text put aside."""
