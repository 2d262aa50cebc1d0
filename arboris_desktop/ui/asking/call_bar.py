"""The course of a model call: waiting, arriving, done with its cost, or failed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import CURES
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.costs.words import paid
from arboris_desktop.ui.error_words import kind_of
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.numbers import number, round_number
from arboris_desktop.ui.waiting_words import WaitingClock
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.cure_button import CureButton
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone
from arboris_desktop.ui.wording import duration, model_words, words_of
from arboris_desktop.writing.call_events import (
    CallAnswer,
    CallEnded,
    CallEvent,
    CallStarted,
    CallText,
    CallWaits,
)

_LEAST_LINES_WIDE = 18
"""The least width for the words beside the buttons, in heights of a line: with less, a sentence
would be a column of single words."""


class CallBar(Translated, ToneFrame):
    """Shows the state of a call, and offers to stop it, to retry, and to see what is sent.

    Hidden until the first call. ``busy_changed`` reports whether the panel around it may be used.
    """

    stop_requested = Signal()
    retry_requested = Signal()
    preview_requested = Signal()
    cure_requested = Signal(object)
    """The ``Cure`` for what made the call fail."""
    busy_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, can_preview: bool = True) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        self._say_again: Callable[[], None] = self.hide
        self._began = 0.0
        self._characters = 0
        self._provider = ""
        self._busy = False
        self._leads_to_cures = self._has_failed = False
        self._waiting = WaitingClock()
        self._build(can_preview)
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._show_progress)
        self._retranslate()
        self.hide()

    @property
    def is_busy(self) -> bool:
        """True if a call is running."""
        return self._busy

    def text(self) -> str:
        """The text of the bar."""
        return in_a_row(self._what.text(), self._advice.text())

    def detail(self) -> str:
        """The program's or the provider's words about a failure."""
        return self._detail.text()

    def lead_to_cures(self) -> None:
        """Offers the way to where a failure can be fixed; a dialog would block that way."""
        self._leads_to_cures = True

    def begin(self) -> None:
        """Shows that a call is being prepared."""
        self._began, self._characters, self._provider = time.monotonic(), 0, ""
        self._waiting.clear()
        self._set_busy(True)
        self._say_again = self._show_progress
        self._show_progress()

    def show_event(self, event: CallEvent | CallAnswer[Any]) -> None:
        """Shows an event of the call."""
        if isinstance(event, CallStarted):
            self._provider = model_words(event.provider)
        elif isinstance(event, CallWaits):
            self._waiting.note(event.phase)
            self._show_progress()
        elif isinstance(event, CallText):
            # An empty one means that the answer is requested again.
            self._characters = self._characters + len(event.text) if event.text else 0
            self._waiting.clear()
        else:
            self.show_end(event)

    def show_end(self, end: CallEnded | CallAnswer[Any]) -> None:
        """Shows that the answer is complete, and its cost."""
        self._set_busy(False)
        self._say_again = partial(self.show_end, end)
        usage = self.tr("{asked} tokens read, {answered} written").format(
            asked=round_number(end.spent.usage.prompt_tokens),
            answered=round_number(end.spent.usage.completion_tokens),
        )
        parts = [model_words(end.provider), usage, paid(end.spent)]
        if isinstance(end, CallEnded) and not end.is_whole:
            parts.append(self._what_is_missing(end))
        self._show(Tone.NEUTRAL, " · ".join(part for part in parts if part))

    def _what_is_missing(self, end: CallEnded) -> str:
        if end.end is AnswerEnd.CUT:
            return self.tr("the model reached its limit: the end may be missing")
        return self.tr("it is not known whether the model had finished: the end may be missing")

    def show_stopped(self) -> None:
        """Shows that the author stopped the call."""
        self._set_busy(False)
        self._say_again = self.show_stopped
        self._show(Tone.NEUTRAL, self.tr("Stopped."), retry=True)

    def show_failure(self, error: Exception) -> None:
        """Shows what happened, what is safe and what to do."""
        self._set_busy(False)
        self._say_again = partial(self.show_failure, error)
        words = words_of(error)
        advice = in_a_row(words.what_is_safe, words.what_to_do)
        self._show(Tone.BAD, words.what_happened, advice, retry=True)
        self._detail.setText(str(error))
        self._detail.setVisible(bool(str(error)))
        if self._leads_to_cures:
            self._cure.show_cure(CURES.get(kind_of(error)))

    def clear(self) -> None:
        """Shows nothing."""
        self._set_busy(False)
        self._say_again = self.hide
        self.hide()

    def _build(self, can_preview: bool) -> None:
        self._what = selectable_label()
        self._advice = selectable_label()
        self._detail = muted(selectable_label())
        self._cure = CureButton()
        self._cure.cure_requested.connect(self.cure_requested)
        self._stop = QPushButton(icon("stop"), "")
        self._retry = QPushButton(icon("retry"), "")
        self._preview = QPushButton(icon("info"), "")
        if not can_preview:
            self._preview.hide()
        self._stop.clicked.connect(self.stop_requested)
        self._retry.clicked.connect(self.retry_requested)
        self._preview.clicked.connect(self.preview_requested)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self._what, self._advice, self._detail):
            texts.addWidget(label)
        self._buttons = buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._preview, self._retry, self._cure, self._stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(texts, 1)
        layout.addLayout(buttons)

    def _retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        self._stop.setToolTip(self.tr("Stop the call; the text so far stays"))
        self._retry.setText(self.tr("Try again"))
        self._preview.setText(self.tr("What is sent"))
        self._preview.setToolTip(self.tr("The exact messages and their length in tokens"))
        self._say_again()

    @Slot()
    def _show_progress(self) -> None:
        passed = duration(time.monotonic() - self._began)
        if self._busy and (waits := self._waiting.words()):
            text = f"{waits} · {{provider}}" if self._provider else waits
        elif self._characters:
            text = self.tr("{provider} is writing: {count} characters · {time}")
        elif self._provider:
            text = self.tr("Waiting for {provider} · {time}")
        else:
            text = self.tr("Preparing · {time}")
        count = number(self._characters)
        self._show(Tone.NEUTRAL, text.format(provider=self._provider, count=count, time=passed))

    def _show(self, tone: Tone, what: str, advice: str = "", *, retry: bool = False) -> None:
        self.set_tone(tone)
        self._has_failed = tone is Tone.BAD
        self._what.setText(what)
        self._detail.hide()
        self._cure.show_cure(None)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._stop.setVisible(self._busy)
        self._retry.setVisible(retry)
        self.setAccessibleName(self.text())
        self._arrange()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the buttons where there is room for them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Puts the buttons beside the words, or below them in a narrow panel, where the words would
        be wrapped into a column, and after a failure, which takes many words."""
        room = self.width() - self._buttons.sizeHint().width()
        is_narrow = room < self.fontMetrics().height() * _LEAST_LINES_WIDE
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(below if self._has_failed or is_narrow else beside)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self._ticks.start()
        else:
            self._ticks.stop()
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)
