"""The author's position in each novel, stored with the size of the window."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QSettings

from arboris_desktop.domain.record import record

_KEY = "places"
_MOST = 50
"""The number of novels whose position is stored."""


@record
class AuthorPlace:
    """A position in the text of a chapter, and the titles of novel and chapter."""

    project_id: str
    chapter_id: int
    chapter: str
    position: int = 0
    scroll: int = 0


class AuthorPlaces:
    """Stores one position per novel; the last one is where the author worked last."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def settings(self) -> QSettings:
        """The file in which they are stored."""
        return self._settings

    def remember(self, place: AuthorPlace) -> None:
        """Stores the author's position."""
        if not Path(self._settings.fileName()).parent.is_dir():
            # The data folder was moved away; nothing must be created in its place.
            return
        others = [each for each in self._all() if each.project_id != place.project_id]
        kept = [*others, place][-_MOST:]
        self._settings.setValue(_KEY, json.dumps([asdict(each) for each in kept]))

    def of_novel(self, project_id: str) -> AuthorPlace | None:
        """Returns the author's last position in a novel."""
        return next((each for each in self._all() if each.project_id == project_id), None)

    def last(self, novels: Container[str]) -> AuthorPlace | None:
        """Returns the author's last position in any of these novels."""
        return next((each for each in reversed(self._all()) if each.project_id in novels), None)

    def _all(self) -> list[AuthorPlace]:
        try:
            return [
                AuthorPlace(**each) for each in json.loads(str(self._settings.value(_KEY, "[]")))
            ]
        except (ValueError, TypeError):
            # Written by another version, or by hand: losing a position does little harm.
            return []
