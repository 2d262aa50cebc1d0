"""The status bar of the window: the model, lengths, running work, news."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QStatusBar,
    QStyle,
    QStyleOption,
    QStylePainter,
    QToolButton,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.wording import model_words, of_target, words

_LONGEST = 48
_AT_THE_EDGES, _BETWEEN = 16, 8
"""In pixels, beside the items and between them."""


class StudioStatusBar(Translated, QStatusBar):
    """Shows what it is given; each item leads to more details."""

    settings_requested = Signal()
    tasks_requested = Signal()
    notifications_requested = Signal()
    statistics_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._description = ""
        self._counts, self._paused, self._unread_count = QueueCounts(), False, 0
        self._chapter_words: int | None = None
        self._novel_words: int | None = None
        self._language = Language.ENGLISH
        self._provider = _flat_button("provider")
        self._provider.clicked.connect(self.settings_requested)
        self._message = ElidedLabel()
        self._message.setContentsMargins(_BETWEEN // 2, 0, 0, 0)
        self._message.hide()
        self._today_words: int | None = None
        self._day_target = 0
        self._today = _flat_button(None)
        self._today.clicked.connect(self.statistics_requested)
        self._lengths = QLabel()
        self._lengths.setTextFormat(Qt.TextFormat.PlainText)
        self._queue = _flat_button("task")
        self._queue.clicked.connect(self.tasks_requested)
        self._unread = _flat_button("bell")
        self._unread.clicked.connect(self.notifications_requested)
        self.addWidget(self._provider)
        self.addPermanentWidget(self._message, 1)
        for widget in (self._today, self._lengths, self._queue, self._unread):
            self.addPermanentWidget(widget)
        self.messageChanged.connect(self._show_message)
        self._retranslate()

    @Slot(str)
    def _show_message(self, words: str) -> None:
        """Shows what the window says for a moment in place of the model, and of what else it needs.

        The bar itself hides the model, too, but shows it again with the window.
        """
        self._provider.setVisible(not words)
        self._message.set_text(words)
        self._message.setVisible(bool(words))
        self.setToolTip(plain_tooltip(words))
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Leaves the message to its label: the bar itself would cut it within a letter."""
        panel = QStyleOption()
        panel.initFrom(self)
        QStylePainter(self).drawPrimitive(QStyle.PrimitiveElement.PE_PanelStatusBar, panel)

    def show_provider(self, description: str) -> None:
        """Shows the model that writes, as its provider describes itself."""
        self._description = description
        self._retranslate()

    def show_words(
        self, chapter: int | None, novel: int | None, language: Language = Language.ENGLISH
    ) -> None:
        """Shows the lengths of the chapter and the novel; ``None`` while none is open."""
        self._chapter_words, self._novel_words, self._language = chapter, novel, language
        self._show_lengths()

    def show_today(
        self, own_words: int | None, target: int, language: Language = Language.ENGLISH
    ) -> None:
        """Shows what the author wrote today; ``None`` while no novel is open."""
        self._today_words, self._day_target, self._language = own_words, target, language
        self._show_today()

    def show_queue(self, counts: QueueCounts, paused: bool = False) -> None:
        """Shows how many tasks run, wait and have failed."""
        self._counts, self._paused = counts, paused
        self._show_queue()

    def show_unread(self, unread: int) -> None:
        """Shows the number of unread notifications at the bell."""
        self._unread_count = unread
        self._show_unread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hides lengths if there is not enough space: the sidebar and the chapter show them,
        too."""
        first = self._message if self.currentMessage() else self._provider
        parts: list[QWidget] = [first, self._queue, self._unread]
        room = self.width() - _AT_THE_EDGES
        for wanted, part in (
            (self._today_words is not None, self._today),
            (bool(self._lengths.text()), self._lengths),
        ):
            needed = sum(each.sizeHint().width() + _BETWEEN for each in (*parts, part))
            part.setVisible(wanted and needed <= room)
            if part.isVisibleTo(self):
                parts.append(part)

    def _retranslate(self) -> None:
        name = model_words(self._description) or self.tr("No model chosen")
        shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        self._provider.setText(shown.replace("&", "&&"))
        self._provider.setToolTip(
            plain_tooltip(self.tr("{model}: choose another in Settings").format(model=name))
        )
        self._show_today()
        self._show_lengths()
        self._show_queue()
        self._show_unread()

    def _show_lengths(self) -> None:
        parts = []
        if self._chapter_words is not None:
            length = words(self._chapter_words, self._language)
            parts.append(self.tr("Chapter: {length}").format(length=length))
        if self._novel_words is not None:
            length = words(self._novel_words, self._language)
            parts.append(self.tr("Novel: {length}").format(length=length))
        self._lengths.setText("   ".join(parts))
        self._fit()

    def _show_today(self) -> None:
        if self._today_words is None:
            self._fit()
            return
        said = of_target(self._today_words, self._day_target, self._language)
        self._today.setText(self.tr("Today: {length}").format(length=said))
        self._today.setToolTip(self.tr("Your own words today; a click shows the statistics"))
        self._fit()

    def _show_queue(self) -> None:
        counts = self._counts
        parts = [self.tr("paused")] if self._paused else []
        if counts.processing:
            parts.append(self.tr("%Ln running", "", counts.processing))
        if counts.pending:
            parts.append(self.tr("%Ln waiting", "", counts.pending))
        if counts.failed:
            parts.append(self.tr("%Ln failed", "", counts.failed))
        self._queue.setText(" · ".join(parts) or self.tr("Queue is empty"))
        self._queue.setIcon(icon("pause" if self._paused else "task"))
        self._queue.setToolTip(self.tr("Show the background work"))
        self._queue.setAccessibleName(self.tr("Queue: {state}").format(state=self._queue.text()))
        self._fit()

    def _show_unread(self) -> None:
        self._unread.setIcon(icon("bell-unread" if self._unread_count else "bell"))
        self._unread.setText(str(self._unread_count) if self._unread_count else "")
        unread = self.tr("%Ln unread notifications", "", self._unread_count)
        self._unread.setToolTip(unread)
        self._unread.setAccessibleName(unread)
        self._fit()


def _flat_button(icon_name: str | None) -> QToolButton:
    button = QToolButton()
    if icon_name is not None:
        button.setIcon(icon(icon_name))
    button.setIconSize(QSize(16, 16))
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
