"""Above the text, in one line: the chapter's title, its length, and the progress of writing.

Its title is edited in place, its plan in a popover; both are kept until they are saved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QHideEvent, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.ui.chapter.editable_title import EditableTitle
from arboris_desktop.ui.chapter.live_text import LiveText
from arboris_desktop.ui.chapter.plan_popover import PlanPopover
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.publishing.words import published_words
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.waiting_words import WaitingClock
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.prose_font import prose_font
from arboris_desktop.ui.widgets.thin_bar import TargetBar
from arboris_desktop.ui.wording import chapter_name, chapter_state, duration, of_target, words

TICK_MS = 250
_BAR_WIDTH = 96
GENERATE_KEYS = "Ctrl+G"
"""The shortcut of the same command in the menu, for tooltips: set on a button too, it would be
ambiguous and do nothing."""
_ICON_SIZE = 16
_HEIGHT = 48
_TITLE_SHARE = 0.6
_LEAST_FOR_BAR = 480
"""Pixels; with less, the width is left to the title and the words."""


def key_name(keys: QKeySequence) -> str:
    """Returns a shortcut as this platform writes it."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


class ChapterHeader(Translated, QWidget):
    """Shows a chapter's name, length and state, and lets title and plan be changed.

    Each ``plan_edited`` is answered by ``plan_saved``, ``plan_failed`` or ``give_up``.
    """

    outline_requested = Signal()
    """The chapter is to be shown in the outline."""
    plan_edited = Signal(int, str, str)
    """The id of a chapter, its title and its plan."""
    title_confirmed = Signal()
    """The title was changed, or left as it was, by a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview: ChapterOverview | None = None
        self._language = Language.ENGLISH
        self._words = self._target = 0
        self._clock: QElapsedTimer | None = None
        self._received = self._is_written = False
        self._edits = TypedEdits(self)
        self._edits.changed.connect(self._tell_edit)
        self._plan_below = False
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self._show_progress)
        self._waiting: WaitingClock | None = None
        self._build()
        self._retranslate()

    def show_chapter(
        self,
        overview: ChapterOverview,
        language: Language,
        word_count: int,
        *,
        is_written: bool = False,
    ) -> None:
        """Shows a chapter that does not grow here; ``is_written`` means that it grows elsewhere."""
        self._end_progress()
        self._is_written = is_written
        if self._overview is None or overview.id != self._overview.id:
            self._title.take()
            self._popover.hide()
            self._popover.show_trouble("")
        self._overview, self._language, self._words = overview, language, word_count
        self._show_title()
        if self._popover.isVisible() and not self._edits.is_pending(overview.id):
            self._popover.show_plan(overview.outline.strip())
        self._show_state()

    def show_nothing(self) -> None:
        """Shows no chapter."""
        self._end_progress()
        self._title.take()
        self._popover.hide()
        self._overview = None
        self._title.show_title("", "", self.font(), can_edit=False)

    def show_writing(self, live: LiveText) -> None:
        """Shows how long the model has been working, its phase, and the length so far."""
        self._clock, self._waiting = live.clock, live.waiting
        self._words, self._received = live.word_count, live.received
        self._ticker.start()
        self._show_buttons()
        self._show_progress()

    def show_target(self, target: int) -> None:
        """Shows the share of the target length; 0 shows none."""
        self._target = target
        self._show_bar()

    def _show_bar(self) -> None:
        target = self._target if self._words and not self._plan_below else 0
        said = of_target(self._words, target, self._language)
        if self.width() < _LEAST_FOR_BAR:
            target = 0
        self._bar.show_share(self._words, target, said)
        self._share_width()

    def _share_width(self) -> None:
        """Leaves the title the width it needs, up to its share; the words take the rest."""
        layout = self._layout
        others = [self._bar, self._state_icon, self._plan_button]
        shown = [each.sizeHint().width() for each in others if not each.isHidden()]
        edges = layout.contentsMargins()
        room = self.width() - sum(shown) - layout.spacing() * (len(shown) + 1)
        room -= edges.left() + edges.right()
        title = min(self._title.width_of_name(), round(room * _TITLE_SHARE))
        self._state.setMaximumWidth(max(self._state.minimumSizeHint().width(), room - title))

    def flush(self) -> None:
        """Reports what was typed at once."""
        self._title.take()
        self._edits.flush()

    def plan_saved(self, chapter_id: int, title: str, plan: str) -> None:
        """Records that title and plan of a chapter are stored."""
        self._edits.confirm(chapter_id, (title, plan))
        self._popover.show_trouble("")

    def plan_failed(self, chapter_id: int, reason: str) -> None:
        """Records that saving failed: the texts stay here and are reported again."""
        self._edits.fail(chapter_id)
        self._popover.show_trouble(self.tr("Not saved: {reason}").format(reason=reason))

    def give_up(self, chapter_id: int) -> None:
        """Discards the texts of a chapter that no longer exists."""
        self._edits.forget(chapter_id)

    def plan_of(self, overview: ChapterOverview) -> str:
        """Returns the plan of a chapter as typed, or as stored."""
        unsaved = cast(tuple[str, str] | None, self._edits.unsaved(overview.id))
        return overview.outline.strip() if unsaved is None else unsaved[1]

    def take_plan(self, overview: ChapterOverview, read: Callable[[], str]) -> None:
        """Saves a plan that the author types elsewhere, together with the title."""
        unsaved = cast(tuple[str, str] | None, self._edits.unsaved(overview.id))
        title = overview.title if unsaved is None else unsaved[0]
        self._edits.touch(overview.id, lambda: (title, read()))

    def title_text(self) -> str:
        """The name of the chapter as shown."""
        return self._title.text()

    def show_progress(self) -> None:
        """Shows another phase of the model."""
        self._show_progress()

    def show_words(self, word_count: int, *, received: bool = True) -> None:
        """Updates the length; at once if the text is the author's or its first words arrived."""
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
        """True if the clock is running, which it does only during writing."""
        return self._ticker.isActive()

    def state_text(self) -> str:
        """The line about length, state or progress."""
        return self._state.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_bar()

    def hideEvent(self, event: QHideEvent) -> None:
        """Closes the plan as well, which is a popover over the window."""
        super().hideEvent(event)
        self._popover.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._overview is not None:
            self._show_state_icon()

    def _build(self) -> None:
        self._title = EditableTitle()
        self._title.typed.connect(self._take_title)
        self._title.left.connect(self._edits.flush_typed)
        self._title.confirmed.connect(self.title_confirmed)
        self._bar = TargetBar()
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._state_icon = QLabel()
        self._state = ElidedLabel()
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._build_buttons()
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 12, 0)
        layout.setSpacing(8)
        # The words at the right have the width they need, the title the rest; where both do not
        # fit, the title comes first, since a tool tip has all of the words.
        self._state.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._state)
        layout.addWidget(self._bar)
        layout.addWidget(self._state_icon)
        layout.addWidget(self._plan_button)
        self.setFixedHeight(_HEIGHT)

    def _build_buttons(self) -> None:
        self._popover = PlanPopover(self)
        self._popover.edit_requested.connect(self.outline_requested)
        self._popover.edited.connect(self._note_plan)
        self._popover.left.connect(self._edits.flush_typed)
        self._plan_button = QToolButton()
        # With focus, it would close the plan before its click arrived.
        self._plan_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._plan_button.clicked.connect(self._open_plan)

    def _retranslate(self) -> None:
        self._state.setAccessibleName(self.tr("Length and state of the chapter"))
        self._plan_button.setText(self.tr("Plan"))
        self._plan_button.setToolTip(self.tr("Read and change what is planned for this chapter"))
        if self._overview is not None:
            self._show_title()
            self._show_state()
            self._show_progress()

    def _typed(self) -> tuple[str, str]:
        """Returns title and plan, as typed or as stored."""
        assert self._overview is not None
        unsaved = self._edits.unsaved(self._overview.id)
        stored = (self._overview.title, self._overview.outline.strip())
        return cast(tuple[str, str], unsaved or stored)

    def _show_title(self) -> None:
        assert self._overview is not None
        title, _plan = self._typed()
        name = chapter_name(self._overview.number, title, self._overview.label)
        self._title.show_title(name, title, self._title_font(self._language), can_edit=True)
        self._share_width()

    @Slot(str)
    def _take_title(self, title: str) -> None:
        if self._overview is not None:
            plan = self._typed()[1]
            self._edits.touch(self._overview.id, lambda: (title, plan))
            self._show_title()

    @Slot()
    def _note_plan(self) -> None:
        if self._overview is not None:
            title, plan = self._typed()[0], self._popover.text
            self._edits.touch(self._overview.id, lambda: (title, plan()))

    @Slot(object, object)
    def _tell_edit(self, chapter_id: int, typed: tuple[str, str]) -> None:
        self.plan_edited.emit(chapter_id, *typed)

    @Slot()
    def _open_plan(self) -> None:
        if self._popover.isVisible():
            self._popover.hide()
        elif self._overview is not None:
            self._popover.open_below(self._plan_button, self._typed()[1], self._language)

    def _show_state(self) -> None:
        if self._overview is None:
            return
        parts = [chapter_state(self._overview, self._is_written)[0]]
        parts += [told] if (told := published_words(self._overview)) else []
        if self._words:
            parts.insert(0, words(self._words, self._language))
        self._state.set_text(" · ".join(parts))
        self._show_bar()
        self._show_state_icon()
        self._show_buttons()

    def _show_state_icon(self) -> None:
        assert self._overview is not None
        is_written = self._is_written or self._clock is not None
        name = chapter_state(self._overview, is_written)[1]
        size = QSize(_ICON_SIZE, _ICON_SIZE)
        self._state_icon.setPixmap(icon(name).pixmap(size, self.devicePixelRatioF()))

    def _show_buttons(self) -> None:
        self._plan_button.setVisible(not self._plan_below)
        self._share_width()

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
