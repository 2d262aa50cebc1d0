"""Looks for a newer version of the app: at most once a day, and only if the author wants it."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import UpdateRecord, UpdateSettings
from arboris_desktop.updates.errors import UpdateError, UpdateFault
from arboris_desktop.updates.feed import ReleaseFeed
from arboris_desktop.updates.versions import Version
from arboris_desktop.writing.preferences import Preferences

if TYPE_CHECKING:
    from arboris_desktop.updates.release import Release

log = logging.getLogger(__name__)

FIRST_MILLISECONDS = 5000
"""After the start, when the novel is open."""

LOOK_MILLISECONDS = 3_600_000
"""The interval at which it is asked whether a check is due; also after a sleep of the computer."""

CHECK_SECONDS = 86_400.0


@record
class UpdateCheck:
    """The result of a check: the newest release, or why it is not known.

    ``is_newer`` compares it with the version that runs; ``is_skipped`` says that the author does
    not want to hear of it.
    """

    release: Release | None = None
    error: UpdateError | None = None
    is_newer: bool = False
    is_skipped: bool = False


class UpdateWatch(QObject):
    """Asks the feed on a thread of its own, and remembers in the database what it heard."""

    checked = Signal(object)
    """An ``UpdateCheck``: a check has ended, asked for or not."""

    _answered = Signal(object)

    def __init__(
        self,
        feed: ReleaseFeed,
        preferences: Preferences,
        operations: Operations,
        running: str,
        parent: QObject | None = None,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(parent)
        self._feed = feed
        self._preferences = preferences
        self._operations = operations
        self._running = Version.parse(running)
        self._clock = clock
        self._is_checking = False
        self._is_stopped = False
        self._lock = threading.Lock()
        self._answered.connect(self._on_answered)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(FIRST_MILLISECONDS)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        for timer in (self._first, self._timer):
            timer.timeout.connect(self.look)

    @property
    def can_check(self) -> bool:
        """True if this build knows whom to ask."""
        return self._feed.is_usable

    def start(self) -> None:
        """Checks soon if it is due, and looks whether it is from then on."""
        if self.can_check:
            self._first.start()
            self._timer.start()

    @Slot()
    def look(self) -> None:
        """Checks if the author wants that and the last check was a day ago."""
        if self.can_check:
            self._operations.run(self._due, self._ask_if_due, self._tell_log)

    def check(self) -> None:
        """Checks now, as the author asked for it; ``checked`` tells the end."""
        self._operations.run(self._record, self._ask, self._on_storage_failure)

    def skip(self, release: Release) -> None:
        """Says no more of this release."""
        self._operations.run(lambda: self._remember(skipped_version=str(release.version)))

    def stop(self) -> None:
        """Asks no more. An answer that is still to come is not waited for."""
        self._first.stop()
        self._timer.stop()
        with self._lock:
            self._is_stopped = True

    # --- on the operations' thread ---

    def _record(self) -> UpdateRecord:
        return self._preferences.get(UpdateRecord)

    def _due(self) -> UpdateRecord | None:
        if not self._preferences.get(UpdateSettings).check:
            return None
        record = self._record()
        age = self._clock().timestamp() - record.last_checked_at
        # A time to come was written under a wrong clock.
        return record if not 0 <= age < CHECK_SECONDS else None

    def _remember(self, **changes: object) -> UpdateRecord:
        record = replace(self._record(), **changes)  # type: ignore[arg-type]  # names from here
        self._preferences.set(record)
        return record

    def _remember_answer(self, answer: Release | UpdateError) -> UpdateCheck:
        if isinstance(answer, UpdateError):
            # Whoever is offline at each start would otherwise never be told.
            if answer.fault is not UpdateFault.UNREACHABLE:
                self._remember(last_checked_at=self._clock().timestamp())
            return UpdateCheck(error=answer)
        record = self._remember(
            last_seen_version=str(answer.version), last_checked_at=self._clock().timestamp()
        )
        return UpdateCheck(
            answer,
            is_newer=self._running < answer.version,
            is_skipped=record.skipped_version == str(answer.version),
        )

    # --- asking ---

    def _ask_if_due(self, record: UpdateRecord | None) -> None:
        if record is not None:
            self._ask(record)

    def _ask(self, record: UpdateRecord) -> None:
        if self._is_checking:
            return
        self._is_checking = True
        # Not a pool's thread: to find a host by its name may take long and cannot be cancelled.
        # A thread that is left behind holds nothing of ours, so that quitting need not wait.
        seen = _version(record.last_seen_version)
        threading.Thread(target=self._ask_feed, args=(seen,), name="updates", daemon=True).start()

    def _ask_feed(self, seen: Version | None) -> None:
        answer: Release | Exception
        try:
            answer = asyncio.run(self._feed.newest(seen))
        except Exception as error:
            answer = error  # told on the GUI thread, whatever it was
        with self._lock:
            if not self._is_stopped:
                self._answered.emit(answer)

    @Slot(object)
    def _on_answered(self, answer: Release | Exception) -> None:
        self._is_checking = False
        if isinstance(answer, Exception) and not isinstance(answer, UpdateError):
            log.error("looking for a newer version", exc_info=answer)
            answer = UpdateError(UpdateFault.UNREADABLE, f"internal: {type(answer).__name__}")
        known = answer
        self._operations.run(
            lambda: self._remember_answer(known),
            self._tell,
            self._on_storage_failure,
        )

    def _on_storage_failure(self, error: Exception) -> None:
        # Without knowing what was heard before, nothing that is heard now can be believed.
        told = f"what was heard cannot be kept: {error}"
        self._tell(UpdateCheck(error=UpdateError(UpdateFault.NOT_KEPT, told)))

    def _tell(self, check: UpdateCheck) -> None:
        if check.error is not None:
            self._tell_log(check.error)
        self.checked.emit(check)

    def _tell_log(self, error: Exception) -> None:
        log.info("no check for a newer version: %s", error)


def _version(text: str) -> Version | None:
    try:
        return Version.parse(text)
    except ValueError:
        return None
