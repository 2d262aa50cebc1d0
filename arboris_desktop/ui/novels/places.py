"""The author's place in each novel, kept beside the size of the window."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QSettings

from arboris_desktop.domain.record import record

_KEY = "places"
_MOST = 50
"""More novels than these are not gone back to by themselves."""


@record
class AuthorPlace:
    """A place in the text of a chapter, and what that is called."""

    project_id: str
    chapter_id: int
    chapter: str
    position: int = 0
    scroll: int = 0


class AuthorPlaces:
    """Remembers one place of each novel; the last one is where the author worked last."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def settings(self) -> QSettings:
        """The file in which they are kept."""
        return self._settings

    def remember(self, place: AuthorPlace) -> None:
        """Notes that the author is there now."""
        if not Path(self._settings.fileName()).parent.is_dir():
            # The data folder was moved away; nothing is to be made in its place.
            return
        others = [each for each in self._all() if each.project_id != place.project_id]
        kept = [*others, place][-_MOST:]
        self._settings.setValue(_KEY, json.dumps([asdict(each) for each in kept]))

    def of_novel(self, project_id: str) -> AuthorPlace | None:
        """The place in a novel where the author was last."""
        return next((each for each in self._all() if each.project_id == project_id), None)

    def last(self, novels: Container[str]) -> AuthorPlace | None:
        """The place where the author was last, in any of these novels."""
        return next((each for each in reversed(self._all()) if each.project_id in novels), None)

    def _all(self) -> list[AuthorPlace]:
        try:
            return [
                AuthorPlace(**each) for each in json.loads(str(self._settings.value(_KEY, "[]")))
            ]
        except (ValueError, TypeError):
            # Another version wrote it, or a hand: where one was is no great loss.
            return []
