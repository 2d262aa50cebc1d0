"""The second pane of each novel, stored with the size of the window."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSettings

from arboris_desktop.domain.record import record

_KEY = "beside"
_MOST = 50


class PaneContent(StrEnum):
    """A kind of content of the second pane."""

    TEXT = "text"
    PLAN = "plan"
    VERSION = "version"
    VOLUME = "volume"


@record
class SecondPanePlace:
    """The chapter in the second pane of a novel, the kind of content, and the position."""

    project_id: str
    chapter_id: int
    shows: PaneContent = PaneContent.TEXT
    version_id: int | None = None
    position: int = 0
    scroll: int = 0
    is_open: bool = True
    share: float = 0.5
    """The share of the width that it has beside the text."""


class SecondPanePlaces:
    """Remembers the second pane of each novel."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def remember(self, place: SecondPanePlace) -> None:
        """Stores the state of a novel's second pane."""
        if Path(self._settings.fileName()).parent.is_dir():
            others = [each for each in self._all() if each.project_id != place.project_id]
            kept = [*others, place][-_MOST:]
            self._settings.setValue(_KEY, json.dumps([asdict(each) for each in kept]))

    def of_novel(self, project_id: str) -> SecondPanePlace | None:
        """Returns the last state of a novel's second pane."""
        return next((each for each in self._all() if each.project_id == project_id), None)

    def _all(self) -> list[SecondPanePlace]:
        try:
            stored = json.loads(str(self._settings.value(_KEY, "[]")))
            return [
                SecondPanePlace(**{**each, "shows": PaneContent(each["shows"])}) for each in stored
            ]
        except (ValueError, TypeError, KeyError):
            # Written by another version, or by hand: it can be reopened with a key.
            return []
