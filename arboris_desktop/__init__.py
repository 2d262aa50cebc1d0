"""Arboris Desktop: a local-first studio for writing long novels with a language model."""

from __future__ import annotations

__version__ = "0.1.0"
