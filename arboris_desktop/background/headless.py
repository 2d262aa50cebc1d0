"""The processor without a window: for the command line."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QTimer

from arboris_desktop.analysis.worker import OutcomeKind, TaskOutcome
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.settings import QueueSettings

_SIGNAL_MILLISECONDS = 250


@dataclass(slots=True)
class Ended:
    """How the work ended: how many tasks failed, whether a signal came, why it could not go on."""

    failed: int = 0
    interrupted: bool = False
    reason: str = ""


def work_queue(
    make_processor: Callable[[], Processor],
    settings: QueueSettings,
    is_done: Callable[[], bool],
    tell: Callable[[TaskOutcome], None],
) -> Ended:
    """Works the queue until ``is_done``, a signal (SIGINT, SIGTERM), or a provider that refuses.

    Blocks; running tasks are put back into the queue before it returns.
    """
    application = QCoreApplication.instance() or QCoreApplication(["arboris-desktop"])
    processor = make_processor()
    processor.apply_limits(settings)
    ended = Ended()

    def on_finished(outcome: TaskOutcome) -> None:
        ended.failed += outcome.kind is OutcomeKind.FAILED
        tell(outcome)

    def on_idle() -> None:
        if is_done():
            application.quit()

    def give_up(reason: str) -> None:
        ended.reason = reason
        application.quit()

    def on_paused(paused: bool, kind: ErrorKind | None) -> None:
        if paused:
            give_up(f"the queue paused: {kind.value if kind else 'by another window'}")

    def on_storage_failed(error: ArborisError) -> None:
        give_up(error.message)

    def on_signal(_number: int, _frame: object) -> None:
        ended.interrupted = True
        application.quit()

    processor.task_finished.connect(on_finished)
    processor.idle.connect(on_idle)
    processor.paused_changed.connect(on_paused)
    processor.storage_failed.connect(on_storage_failed)
    before = {number: signal.signal(number, on_signal) for number in _SIGNALS}
    # Python handles a signal only when its interpreter runs: this wakes it now and then.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(_SIGNAL_MILLISECONDS)
    QTimer.singleShot(0, processor.start)
    application.exec()
    heartbeat.stop()
    processor.stop()
    for number, handler in before.items():
        signal.signal(number, handler)
    return ended


_SIGNALS = (signal.SIGINT, signal.SIGTERM)
