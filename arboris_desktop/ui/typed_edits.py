"""The author's typing, from the keystroke to the disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from arboris_desktop.domain.errors import NotFoundError

Result = TypeVar("Result")

PAUSE_MS = 800
"""Milliseconds after the last keystroke."""

LONGEST_WAIT_MS = 1000
"""Milliseconds after the first unsaved keystroke, even if the author continues to type.

Including the way to the disk, at most two seconds of typing are only in memory.
"""

RETRY_MS = 5000
"""Milliseconds after which a failed save is retried, unless another change comes first."""


class TypedEdits(QObject):
    """Offers typed fields for saving, and keeps their values until they are saved.

    Fields have permanent names: with the novel, or by the id of the chapter. What could not be
    saved before the author opened another novel is later offered again for its own. A value that
    may not be on disk must not be replaced by what was read from there: ask ``is_pending``.
    """

    changed = Signal(object, object)
    """The field, and the value to save; answered by ``follow``, or by ``confirm`` or ``fail``."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        pause_ms: int = PAUSE_MS,
        longest_wait_ms: int = LONGEST_WAIT_MS,
        retry_ms: int = RETRY_MS,
    ) -> None:
        super().__init__(parent)
        self._typed: dict[Hashable, Callable[[], object]] = {}
        self._offered: dict[Hashable, object] = {}
        self._failed: set[Hashable] = set()
        self._is_disk_at_fault = False
        self._pause_ms, self._longest_wait_ms = pause_ms, longest_wait_ms
        self._since_first = QElapsedTimer()
        self._typing = self._timer(self._offer_what_waits_for_nothing)
        self._retry = self._timer(self.flush)
        self._retry.setInterval(retry_ms)

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def touch(self, field: Hashable, read: Callable[[], object]) -> None:
        """Records that the author changed a field; ``read`` returns its value when it is saved."""
        if not self._typed:
            self._since_first.start()
        self._typed[field] = read
        longest = self._longest_wait_ms - self._since_first.elapsed()
        self._typing.start(max(0, min(self._pause_ms, longest)))

    # --- offering ---

    @Slot()
    def flush(self) -> None:
        """Offers everything at once, including what could not be saved."""
        self._retry.stop()
        self.flush_typed()
        failed, self._failed = self._failed, set()
        for field in failed:
            self.changed.emit(field, self._offered[field])

    @Slot()
    def flush_typed(self) -> None:
        """Offers at once what is not offered yet."""
        self._typing.stop()
        self._offer(list(self._typed))

    @Slot()
    def _offer_what_waits_for_nothing(self) -> None:
        """Limits a field to one save at a time: a slow disk must not accumulate them."""
        self._offer([field for field in self._typed if not self._is_under_way(field)])

    def _is_under_way(self, field: Hashable) -> bool:
        return field in self._offered and field not in self._failed

    def _offer(self, fields: list[Hashable]) -> None:
        values = {field: self._typed.pop(field)() for field in fields}
        self._offered |= values
        self._failed -= values.keys()
        for field, value in values.items():
            self.changed.emit(field, value)

    # --- what became of it ---

    async def follow(
        self, field: Hashable, value: object, saving: Awaitable[Result]
    ) -> Result | None:
        """Awaits a save; raises its failure if the author should be told.

        Returns its result; nothing if it failed, or if the field's chapter was deleted.
        """
        try:
            result = await saving
        except NotFoundError:
            self.forget(field)
            return None
        except Exception:
            if self.fail(field):
                raise
            return None
        self.confirm(field, value)
        return result

    def confirm(self, field: Hashable, saved: object) -> bool:
        """Records that a value is on disk; returns whether that was the newest one."""
        self._is_disk_at_fault = False
        if field in self._offered and self._offered[field] == saved:
            del self._offered[field]
            self._failed.discard(field)
            self._go_on(field)
        return not self.is_pending(field)

    def fail(self, field: Hashable) -> bool:
        """Records that the newest value could not be saved; it is offered again later.

        Returns whether the author should be told, which happens once until a save succeeds.
        """
        if field in self._offered:
            self._failed.add(field)
            self._retry.start()
            self._go_on(field)
        is_first, self._is_disk_at_fault = not self._is_disk_at_fault, True
        return is_first

    def _go_on(self, field: Hashable) -> None:
        """Offers what was typed while its field was being saved, since it has waited long
        enough."""
        if field in self._typed and not self._typing.isActive():
            self._typing.start(0)

    def forget(self, field: Hashable) -> None:
        """Discards what was typed into a field."""
        self._typed.pop(field, None)
        self._offered.pop(field, None)
        self._failed.discard(field)

    # --- looking ---

    def is_pending(self, field: Hashable) -> bool:
        """True if a field has a value that may not be on disk."""
        return field in self._typed or field in self._offered

    @property
    def is_any_pending(self) -> bool:
        """True if any field has."""
        return bool(self._typed or self._offered)

    def unsaved(self, field: Hashable) -> object | None:
        """Returns the text of a field, if it may not be on disk."""
        return self._typed[field]() if field in self._typed else self._offered.get(field)

    def all_unsaved(self) -> dict[Hashable, object]:
        """Every value that may not be on disk, including the newest typing."""
        return self._offered | {field: read() for field, read in self._typed.items()}
