"""Scripted chapters are a few sentences long, and wanted so: none is continued for that."""

from __future__ import annotations

from arboris_desktop.domain.settings import WritingSettings

SHORT_CHAPTERS = WritingSettings(target_words=5, candidates=1)
