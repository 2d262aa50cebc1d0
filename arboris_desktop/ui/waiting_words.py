"""Words for the phase of a model before its text arrives."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

from arboris_desktop.llm.provider import CallPhase, Phase
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.wording import duration


class WaitingClock:
    """Tracks the phase of a call and its duration; without one, nothing is running."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self.phase: CallPhase | None = None

    def note(self, phase: CallPhase) -> None:
        """Records a phase, or progress in it."""
        if self.phase is None or self.phase.phase is not phase.phase:
            self._clock.start()
        self.phase = phase

    def clear(self) -> None:
        """Records that nothing is awaited."""
        self.phase = None

    def words(self) -> str:
        """The phase and its duration, such as *reading the prompt, 40 s*."""
        if self.phase is None:
            return ""
        return waiting_words(self.phase, self._clock.elapsed() / 1000)


def waiting_words(phase: CallPhase, seconds: float) -> str:
    """Returns a phase in words, with its duration."""
    time = duration(seconds)
    if phase.phase is Phase.QUEUED:
        return Wording.tr("Waiting for the model to be free, {time}").format(time=time)
    if phase.phase is Phase.THINKING:
        return Wording.tr("The model is thinking, {time}").format(time=time)
    if phase.progress is None:
        return Wording.tr("The model is reading the prompt, {time}").format(time=time)
    text = Wording.tr("The model is reading the prompt, {percent} %, {time}")
    return text.format(time=time, percent=round(phase.progress * 100))
