"""Above the text: which chapter it is, what is planned for it, and how the writing goes."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import ChapterOverview, ChapterStatus, Language
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.waiting_words import WaitingClock
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.prose_font import prose_font
from arboris_desktop.ui.wording import chapter_state, duration, overview_name, words

TICK_MS = 250
GENERATE_KEYS = "Ctrl+G"
STOP_KEYS = "Ctrl+."
"""The shortcuts of the same commands in the window's menu, for tooltips: set on buttons too,
they would be ambiguous and do nothing."""
_ICON_SIZE = 16


def key_name(keys: QKeySequence) -> str:
    """A shortcut as this platform writes it."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


class ChapterHeader(QWidget):
    """Shows one chapter's name, plan, length and state, and starts or stops its writing."""

    generate_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview: ChapterOverview | None = None
        self._language = Language.ENGLISH
        self._words = 0
        self._clock: QElapsedTimer | None = None
        self._received = False
        self._plan_below = False
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self._show_progress)
        self._waiting: WaitingClock | None = None
        self._reason = ""
        self._build()
        self._retranslate()

    def show_chapter(self, overview: ChapterOverview, language: Language, word_count: int) -> None:
        """Shows a chapter that is not being written at present."""
        self._end_progress()
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
        """Leaves the plan and Generate to the page below while that shows them in full."""
        self._plan_below = below
        self._plan_row.setVisible(not below and bool(self._plan_full.text()))
        self._show_buttons()

    def is_ticking(self) -> bool:
        """True if the clock runs, which it does only during writing."""
        return self._ticker.isActive()

    def set_can_generate(self, possible: bool, reason: str = "") -> None:
        """Enables or disables Generate; the tooltip gives the reason."""
        self._reason = reason
        self._generate.setEnabled(possible)
        self._generate.setToolTip(reason or self._generate_hint())

    def state_text(self) -> str:
        """The line about length, state or progress."""
        return self._state.text()

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
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._build_buttons()
        self._build_plan()
        facts = QHBoxLayout()
        facts.setSpacing(6)
        facts.addWidget(self._state_icon)
        facts.addWidget(self._state, 1)
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(self._title)
        names.addLayout(facts)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(names, 1)
        top.addWidget(self._generate, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 12)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._plan_row)

    def _build_buttons(self) -> None:
        self._generate = QPushButton(icon("write"), "")
        self._generate.clicked.connect(self.generate_requested)
        self._stop = QPushButton(icon("stop"), "")
        self._stop.clicked.connect(self.stop_requested)
        self._stop.hide()

    def _build_plan(self) -> None:
        self._plan_row = QWidget()
        self._plan_line = ElidedLabel()
        self._plan_full = selectable_label()
        self._plan_full.hide()
        self._plan_toggle = QToolButton()
        self._plan_toggle.setCheckable(True)
        self._plan_toggle.setArrowType(Qt.ArrowType.RightArrow)
        self._plan_toggle.toggled.connect(self._unfold_plan)
        row = QHBoxLayout(self._plan_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._plan_toggle, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._plan_line, 1)
        row.addWidget(self._plan_full, 1)

    def _retranslate(self) -> None:
        self._title.setAccessibleName(self.tr("Chapter"))
        self._state.setAccessibleName(self.tr("Length and state of the chapter"))
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self.tr("Stop writing this chapter"))
        hint = self.tr("Stop; what has been written is kept ({keys})")
        self._stop.setToolTip(hint.format(keys=key_name(QKeySequence(STOP_KEYS))))
        self._plan_toggle.setAccessibleName(self.tr("Show the whole plan of the chapter"))
        self._plan_toggle.setToolTip(self._plan_toggle.accessibleName())
        self.set_can_generate(self._generate.isEnabled(), self._reason)
        if self._overview is not None:
            self._title.set_text(overview_name(self._overview))
            self._show_state()
            self._show_progress()

    def _show_plan(self, outline: str) -> None:
        self._plan_line.set_text(outline)
        self._plan_full.setText(outline.strip())

    @Slot(bool)
    def _unfold_plan(self, unfold: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if unfold else Qt.ArrowType.RightArrow
        self._plan_toggle.setArrowType(arrow)
        self._plan_line.setVisible(not unfold)
        self._plan_full.setVisible(unfold)

    def _show_state(self) -> None:
        if self._overview is None:
            return
        parts = [chapter_state(self._overview)[0]]
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
        writing = self._clock is not None
        had_focus = self._generate.hasFocus() or self._stop.hasFocus()
        self._stop.setVisible(writing)
        self._generate.setVisible(not writing and not self._plan_below)
        if had_focus:
            (self._stop if writing else self._generate).setFocus()
        planned = self._overview is None or self._overview.status is ChapterStatus.PLANNED
        label = self.tr("Generate chapter") if planned else self.tr("Generate again")
        self._generate.setText(label)

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

    def _generate_hint(self) -> str:
        text = self.tr("Let the model write this chapter ({keys})")
        return text.format(keys=key_name(QKeySequence(GENERATE_KEYS)))

    def _title_font(self, language: Language) -> QFont:
        font = prose_font(language, round(self.font().pointSize() * 1.5))
        font.setBold(True)
        return font
