"""The banner that says why the queue waits for its provider."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.errors import CURES, Cure, ErrorKind
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.error_words import error_sentence
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.alerts import alert
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.cure_button import CureButton
from arboris_desktop.ui.widgets.icons import tinted_pixmap
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone, tone_colours

_ICON = 24


class QueueBanner(Translated, ToneFrame):
    """Shown above the work while a provider's error prevents every task from running."""

    try_again_requested = Signal()
    cure_requested = Signal(object)
    """The ``Cure`` for what holds up the queue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._kind: ErrorKind | None = None
        self._next_try: QTime | None = None
        self._title = plain_label()
        self._words = plain_label()
        self._details = muted(plain_label())
        self._detail = ""
        self._try_again = QPushButton()
        self._try_again.clicked.connect(self.try_again_requested)
        self._cure = CureButton()
        self._cure.cure_requested.connect(self.cure_requested)
        self._lay_out()
        self._retranslate()
        self.hide()

    @property
    def kind(self) -> ErrorKind | None:
        """The error for which the queue waits."""
        return self._kind

    def show_detail(self, detail: str) -> None:
        """Shows the message of the last task that failed for this reason, to which some advice
        refers."""
        self._detail = detail
        self._retranslate()

    def show_error(self, kind: ErrorKind, seconds_to_next_try: float) -> None:
        """Shows what happened, what to do, and when the queue will retry by itself."""
        announced = self.isVisible() and kind is self._kind
        if kind is not self._kind:
            self._detail = ""
        self._kind = kind
        self._cure.show_cure(CURES.get(kind, Cure.SETTINGS))
        self._next_try = QTime.currentTime().addSecs(round(seconds_to_next_try))
        self._try_again.setEnabled(True)
        self._retranslate()
        self.show()
        if not announced:
            alert(self)

    def show_trying(self) -> None:
        """Shows that the provider is being tested with one task."""
        self._next_try = None
        self._try_again.setEnabled(False)
        self._retranslate()

    def clear(self) -> None:
        """Hides the banner: the queue works again."""
        self._kind, self._detail = None, ""
        self.hide()

    def text(self) -> str:
        """The text of the banner."""
        texts = (self._title.text(), self._words.text(), self._details.text())
        return "\n".join(filter(None, texts))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colour = tone_colours(self.palette(), self.tone()).text
        pixmap = tinted_pixmap("warning", colour, _ICON, self.devicePixelRatioF())
        QPainter(self).drawPixmap(14, (self.height() - _ICON) // 2, pixmap)

    def _lay_out(self) -> None:
        font = QFont(self._title.font())
        font.setBold(True)
        self._title.setFont(font)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._words)
        words.addWidget(self._details)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14 + _ICON + 12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        for button in (self._try_again, self._cure):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _retranslate(self) -> None:
        self._try_again.setText(self.tr("Try again now"))
        if self._kind is None:
            return
        words = error_sentence(self._kind)
        self._title.setText(self.tr("The queue waits. {reason}").format(reason=words.what_happened))
        self._words.setText(
            in_a_row(words.what_is_safe, words.what_to_do, self._next_try_in_words())
        )
        told = self.tr("Details: {words}").format(words=self._detail) if self._detail else ""
        self._details.setText(told)
        self._details.setVisible(bool(told))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription("\n".join(filter(None, (self._words.text(), told))))

    def _next_try_in_words(self) -> str:
        if self._next_try is None:
            return self.tr("Trying again now…")
        time = self.locale().toString(self._next_try, QLocale.FormatType.ShortFormat)
        return self.tr("It tries again by itself at {time}.").format(time=time)
