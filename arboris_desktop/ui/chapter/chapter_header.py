"""Above the text, in one line: which chapter it is, how long, and how the writing goes."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QHideEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.chapter.plan_popover import PlanPopover
from arboris_desktop.ui.publishing.words import published_words
from arboris_desktop.ui.waiting_words import WaitingClock
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.prose_font import prose_font
from arboris_desktop.ui.wording import chapter_state, duration, overview_name, words

TICK_MS = 250
GENERATE_KEYS = "Ctrl+G"
STOP_KEYS = "Ctrl+."
"""The shortcuts of the same commands in the window's menu, for tooltips: set on buttons too,
they would be ambiguous and do nothing."""
_ICON_SIZE = 16
_HEIGHT = 48


def key_name(keys: QKeySequence) -> str:
    """A shortcut as this platform writes it."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


class ChapterHeader(QWidget):
    """Shows one chapter's name, length and state, leads to its plan, and stops its writing."""

    stop_requested = Signal()
    outline_requested = Signal()
    """The plan of the chapter is to be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview: ChapterOverview | None = None
        self._language = Language.ENGLISH
        self._words = 0
        self._clock: QElapsedTimer | None = None
        self._received = False
        self._plan = ""
        self._plan_below = False
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self._show_progress)
        self._waiting: WaitingClock | None = None
        self._build()
        self._retranslate()

    def show_chapter(self, overview: ChapterOverview, language: Language, word_count: int) -> None:
        """Shows a chapter that is not being written at present."""
        self._end_progress()
        if self._overview is None or overview.id != self._overview.id:
            self._popover.hide()
        self._overview, self._language, self._words = overview, language, word_count
        self._title.setFont(self._title_font(language))
        self._title.set_text(overview_name(overview))
        self._show_plan(overview.outline)
        self._show_state()

    def show_nothing(self) -> None:
        """No chapter is shown."""
        self._end_progress()
        self._overview = None
        self._title.set_text("")
        self._show_plan("")

    def show_writing(self, live: LiveText) -> None:
        """Shows how long the model has been at it, what at, and how much there is."""
        self._clock, self._waiting = live.clock, live.waiting
        self._words, self._received = live.word_count, live.received
        self._ticker.start()
        self._show_buttons()
        self._show_progress()

    def show_progress(self) -> None:
        """The model has gone on to something else."""
        self._show_progress()

    def show_words(self, word_count: int, *, received: bool = True) -> None:
        """Updates the length, at once when the text is the author's or its first words came."""
        first = received and not self._received
        self._words, self._received = word_count, received
        if self._clock is None:
            self._show_state()
        elif first:
            self._show_progress()

    def set_plan_below(self, below: bool) -> None:
        """Leaves the plan to the page below while that shows it in full."""
        self._plan_below = below
        self._show_buttons()

    def is_ticking(self) -> bool:
        """True if the clock runs, which it does only during writing."""
        return self._ticker.isActive()

    def state_text(self) -> str:
        """The line about length, state or progress."""
        return self._state.text()

    def hideEvent(self, event: QHideEvent) -> None:
        """Takes the plan away with it: it stands in the window, over whatever is shown."""
        super().hideEvent(event)
        self._popover.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._overview is not None:
            self._show_state_icon()
        elif event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self._title = ElidedLabel()
        self._state_icon = QLabel()
        self._state = ElidedLabel()
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._build_buttons()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title, 3)
        layout.addWidget(self._state, 2)
        layout.addWidget(self._state_icon)
        layout.addWidget(self._plan_button)
        layout.addWidget(self._stop)
        self.setFixedHeight(_HEIGHT)

    def _build_buttons(self) -> None:
        self._popover = PlanPopover(self)
        self._popover.edit_requested.connect(self.outline_requested)
        self._plan_button = QToolButton()
        # With the focus it would close the plan before its click could.
        self._plan_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._plan_button.clicked.connect(self._open_plan)
        self._stop = QPushButton(icon("stop"), "")
        self._stop.clicked.connect(self.stop_requested)
        self._stop.hide()

    def _retranslate(self) -> None:
        self._title.setAccessibleName(self.tr("Chapter"))
        self._state.setAccessibleName(self.tr("Length and state of the chapter"))
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self.tr("Stop writing this chapter"))
        hint = self.tr("Stop; what has been written is kept ({keys})")
        self._stop.setToolTip(hint.format(keys=key_name(QKeySequence(STOP_KEYS))))
        self._plan_button.setText(self.tr("Plan"))
        self._plan_button.setToolTip(self.tr("Show what is planned for this chapter"))
        if self._overview is not None:
            self._title.set_text(overview_name(self._overview))
            self._show_state()
            self._show_progress()

    def _show_plan(self, outline: str) -> None:
        self._plan = outline.strip()

    @Slot()
    def _open_plan(self) -> None:
        if self._popover.isVisible():
            self._popover.hide()
        else:
            self._popover.open_below(self._plan_button, self._plan, self._language)

    def _show_state(self) -> None:
        if self._overview is None:
            return
        parts = [chapter_state(self._overview)[0]]
        parts += [told] if (told := published_words(self._overview)) else []
        if self._words:
            parts.insert(0, words(self._words, self._language))
        self._state.set_text(" · ".join(parts))
        self._show_state_icon()
        self._show_buttons()

    def _show_state_icon(self) -> None:
        assert self._overview is not None
        name = chapter_state(self._overview, self._clock is not None)[1]
        size = QSize(_ICON_SIZE, _ICON_SIZE)
        self._state_icon.setPixmap(icon(name).pixmap(size, self.devicePixelRatioF()))

    def _show_buttons(self) -> None:
        self._stop.setVisible(self._clock is not None)
        self._plan_button.setVisible(bool(self._plan) and not self._plan_below)

    @Slot()
    def _show_progress(self) -> None:
        if self._clock is None:
            return
        seconds = self._clock.elapsed() // 1000
        waits = self._waiting.words() if self._waiting is not None else ""
        if waits and self._words:
            text = self.tr("{length} · {waits}")
        elif waits:
            text = waits
        elif self._received:
            text = self.tr("Writing · {length} · {time}")
        else:
            text = self.tr("Waiting for the model… {seconds} s")
        self._state.set_text(
            text.format(
                length=words(self._words, self._language),
                time=duration(seconds),
                seconds=seconds,
                waits=waits,
            )
        )
        self._show_state_icon()

    def _end_progress(self) -> None:
        self._ticker.stop()
        self._clock = None
        self._waiting = None
        self._received = False

    def _title_font(self, language: Language) -> QFont:
        font = prose_font(language, round(self.font().pointSize() * 1.35))
        font.setBold(True)
        return font
