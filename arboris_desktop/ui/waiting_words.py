"""The phase of a model before its words come, in words."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

from arboris_desktop.llm.provider import CallPhase, Phase
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.wording import duration


class WaitingClock:
    """Knows the phase of a call and how long it has lasted; without one, nothing is under way."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self.phase: CallPhase | None = None

    def note(self, phase: CallPhase) -> None:
        """The call is in a phase, or has got further in it."""
        if self.phase is None or self.phase.phase is not phase.phase:
            self._clock.start()
        self.phase = phase

    def clear(self) -> None:
        """Nothing is waited for."""
        self.phase = None

    def words(self) -> str:
        """The phase and how long it has lasted, such as *reading the prompt, 40 s*."""
        if self.phase is None:
            return ""
        return waiting_words(self.phase, self._clock.elapsed() / 1000)


def waiting_words(phase: CallPhase, seconds: float) -> str:
    """A phase in words, with the time that it has lasted."""
    time = duration(seconds)
    if phase.phase is Phase.QUEUED:
        return Wording.tr("Waiting for its turn at the model, {time}").format(time=time)
    if phase.phase is Phase.THINKING:
        return Wording.tr("The model is thinking, {time}").format(time=time)
    if phase.progress is None:
        return Wording.tr("The model is reading the prompt, {time}").format(time=time)
    text = Wording.tr("The model is reading the prompt, {percent} %, {time}")
    return text.format(time=time, percent=round(phase.progress * 100))
