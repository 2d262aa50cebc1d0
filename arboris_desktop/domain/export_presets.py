"""The author's choices for exports: as they were last, and under names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Choices as JSON (see ``exchange.writing.options``)."""

    last: dict[str, Any] = field(default_factory=dict)
    presets: dict[str, dict[str, Any]] = field(default_factory=dict)
