"""The place where worker threads hand their news to the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class TaskBridge(QObject):
    """Carries the signals of all workers.

    It is made on the GUI thread, lives as long as the processor, and dies after the pool has
    drained: a signals object owned by a runnable would be destroyed on a pool thread. Payloads
    are frozen dataclasses as ``object``, since Qt would convert a ``dict`` or a large ``int``.
    """

    step_started = Signal(object)
    """A ``StepStarted``."""

    finished = Signal(object)
    """A ``TaskOutcome``."""
