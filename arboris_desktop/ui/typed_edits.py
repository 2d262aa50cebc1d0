"""What the author types into many fields, between the keystroke and the disk."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

AUTOSAVE_MS = 800
"""Saved this long after the last keystroke."""

RETRY_MS = 5000
"""A failed save is tried again after this time, or with the next change."""


class TypedEdits(QObject):
    """Offers the newest value of a field after a pause in typing; keeps it until it is saved.

    A value that is not known to be on the disk must not be replaced by what was read from there:
    ask ``is_pending``.
    """

    changed = Signal(object, object)
    """The field, and the value to save."""

    def __init__(self, parent: QObject | None = None, *, autosave_ms: int = AUTOSAVE_MS) -> None:
        super().__init__(parent)
        self._typed: dict[Hashable, object] = {}
        self._offered: dict[Hashable, object] = {}
        self._autosave_ms = autosave_ms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def touch(self, field: Hashable, value: object) -> None:
        """Notes what a field has now."""
        self._typed[field] = value
        self._timer.start(self._autosave_ms)

    @Slot()
    def flush(self) -> None:
        """Offers at once what is not offered yet."""
        self._timer.stop()
        typed, self._typed = self._typed, {}
        self._offered |= typed
        for field, value in typed.items():
            self.changed.emit(field, value)

    def confirm(self, field: Hashable, value: object) -> None:
        """Notes that a value is on the disk."""
        if field in self._offered and self._offered[field] == value:
            del self._offered[field]

    def fail(self, field: Hashable) -> None:
        """Notes that the newest value could not be saved; it is offered again after a while."""
        if field in self._offered:
            self._typed.setdefault(field, self._offered.pop(field))
            self._timer.start(RETRY_MS)

    def is_pending(self, field: Hashable | None = None) -> bool:
        """Whether a field, or any, has a value that is not known to be on the disk."""
        if field is None:
            return bool(self._typed or self._offered)
        return field in self._typed or field in self._offered

    def clear(self) -> None:
        """Forgets everything: the fields belong to something else from now on."""
        self._timer.stop()
        self._typed.clear()
        self._offered.clear()


class LateEdits(QObject):
    """Values that could not be saved before the author opened another novel.

    Its fields are gone by then, so that ``TypedEdits`` cannot offer them again; these do, until
    they are saved or the author has saved something newer.
    """

    due = Signal(str, object, object)
    """The novel, the field, and the value to save."""

    def __init__(self, parent: QObject | None = None, *, retry_ms: int = RETRY_MS) -> None:
        super().__init__(parent)
        self._kept: dict[tuple[str, Hashable], object] = {}
        self._retry_ms = retry_ms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def keep(self, project_id: str, field: Hashable, value: object) -> None:
        """Notes a value that could not be saved; it is offered after a while."""
        self._kept[project_id, field] = value
        self._timer.start(self._retry_ms)

    def overtake(self, project_id: str, field: Hashable) -> None:
        """Notes that a field has a value on the disk, or a newer one on the way to it."""
        self._kept.pop((project_id, field), None)

    @Slot()
    def flush(self) -> None:
        """Offers at once what is kept; who cannot save it keeps it again."""
        self._timer.stop()
        kept, self._kept = self._kept, {}
        for (project_id, field), value in kept.items():
            self.due.emit(project_id, field, value)
