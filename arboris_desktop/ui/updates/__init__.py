"""Announcing newer versions."""
