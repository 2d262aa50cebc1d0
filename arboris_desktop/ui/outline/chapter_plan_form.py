"""Title and plan of the selected chapter, saved as they are typed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterPlan
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.plan_edit import PlanEdit
from arboris_desktop.ui.outline.words import chapter_plan_state, short_name
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.text_offsets import from_utf16
from arboris_desktop.ui.wording import words

_Typed = tuple[str, str]
"""A title and a plan."""


class ChapterPlanForm(Translated, QWidget):
    """Shows one chapter at a time.

    Typed text is reported soon, and before another chapter is shown. It stays here until it is
    saved: each ``edited`` is answered by ``show_saved``, ``show_failure`` or ``give_up``.
    """

    edited = Signal(int, str, str)
    """The id of a chapter, its title and its plan."""

    open_requested = Signal(int)
    split_requested = Signal(object, str, str)
    """A ``ChapterPlan`` as typed, and its plan before and after the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapter: ChapterPlan | None = None
        self._language = Language.ENGLISH
        self._failure = ""
        self._edits = TypedEdits(self)
        self._build()
        self._retranslate()

    @property
    def chapter_id(self) -> int | None:
        """The shown chapter."""
        return None if self._chapter is None else self._chapter.id

    def show_chapter(self, chapter: ChapterPlan, language: Language) -> None:
        """Shows a chapter, or its changes if it is shown already; not while it is being typed
        in."""
        another = chapter.id != self.chapter_id
        if another:
            self._edits.flush_typed()
            self._failure = ""
        self._chapter, self._language = chapter, language
        if another:
            unsaved = self._edits.unsaved(chapter.id)
            self._begin_with(*cast(_Typed, unsaved or (chapter.title, chapter.plan)))
        elif not self._edits.is_pending(chapter.id):
            self._fill(chapter.title, chapter.plan)
        self._say_state()

    def show_nothing(self) -> None:
        """Shows no chapter; what was typed is still reported."""
        self._edits.flush_typed()
        self._chapter = None
        self._begin_with("", "")

    @property
    def has_unsaved_edits(self) -> bool:
        """True if any typed text may not be saved yet."""
        return self._edits.is_any_pending

    def flush(self) -> None:
        """Reports what was typed at once."""
        self._edits.flush()

    def show_failure(self, chapter_id: int, what: str) -> None:
        """Shows that saving failed; the text stays here and is reported again."""
        self._edits.fail(chapter_id)
        if chapter_id == self.chapter_id:
            self._failure = what
            self._say_state()

    def give_up(self, chapter_id: int) -> None:
        """Discards the text of a chapter that was deleted."""
        self._edits.forget(chapter_id)

    def show_saved(self, chapter_id: int, title: str, plan: str) -> None:
        """Records that a chapter is saved with these words."""
        self._edits.confirm(chapter_id, (title, plan))
        if chapter_id == self.chapter_id:
            self._failure = ""
            self._say_state()

    def _build(self) -> None:
        self._state = muted(plain_label())
        self._title_label, self._title = QLabel(), QLineEdit()
        self._title.setMaxLength(250)
        self._title_label.setBuddy(self._title)
        self._plan_label, self._plan = QLabel(), PlanEdit()
        self._plan_label.setBuddy(self._plan)
        self._open = QPushButton(icon("book"), "")
        self._split = QPushButton(icon("split"), "")
        self._title.textEdited.connect(self._note_edit)
        self._title.editingFinished.connect(self._edits.flush_typed)
        self._plan.textChanged.connect(self._note_edit)
        self._plan.left.connect(self._edits.flush_typed)
        self._edits.changed.connect(self._tell)
        self._open.clicked.connect(self._ask_open)
        self._split.clicked.connect(self.ask_split)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(self._split)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.addWidget(self._state)
        layout.addWidget(self._title_label)
        layout.addWidget(self._title)
        layout.addSpacing(4)
        layout.addWidget(self._plan_label)
        layout.addWidget(self._plan, 1)
        layout.addLayout(buttons)

    def _begin_with(self, title: str, plan: str) -> None:
        """Fills the fields without undo history."""
        self._title.setText(title)
        with QSignalBlocker(self._plan):
            self._plan.setPlainText(plan)

    def _fill(self, title: str, plan: str) -> None:
        # Setting the same text would move the cursor.
        if self._title.text().strip() != title:
            self._title.setText(title)
        if self._plan.toPlainText().strip() != plan:
            with QSignalBlocker(self._plan):
                self._plan.setPlainText(plan)

    def _say_state(self) -> None:
        if self._chapter is None:
            return
        state = chapter_plan_state(self._chapter)[0]
        text = self.tr("{chapter} · {state}").format(chapter=short_name(self._chapter), state=state)
        if self._chapter.is_written:
            text += " · " + words(self._chapter.word_count, self._language)
        if self._failure:
            text += "\n" + self.tr("Not saved: {reason}").format(reason=self._failure)
        self._state.setText(text)

    def _retranslate(self) -> None:
        self._title_label.setText(self.tr("&Title"))
        self._plan_label.setText(self.tr("&What happens"))
        self._plan.setPlaceholderText(self.tr("Who does what, and how it ends."))
        self._open.setText(self.tr("Open chapter"))
        self._split.setText(self.tr("Split…"))
        self._split.setToolTip(self.tr("Split this chapter in two, at the cursor or by the model"))
        self._say_state()

    @Slot()
    def _note_edit(self) -> None:
        if self._chapter is not None:
            self._edits.touch(self._chapter.id, self._typed)

    def _typed(self) -> _Typed:
        return self._title.text().strip(), self._plan.toPlainText().strip()

    @Slot(object, object)
    def _tell(self, chapter_id: int, typed: _Typed) -> None:
        self.edited.emit(chapter_id, *typed)

    def _ask_open(self) -> None:
        if self._chapter is not None:
            self.flush()
            self.open_requested.emit(self._chapter.id)

    def ask_split(self) -> None:
        """Asks for the shown chapter to be split at the cursor."""
        if self._chapter is None:
            return
        self.flush()
        title, text = self._title.text().strip(), self._plan.toPlainText()
        cut = from_utf16(text, self._plan.textCursor().position())
        before, after = text[:cut].strip(), text[cut:].strip()
        if not before:
            before, after = after, ""
        chapter = replace(self._chapter, title=title, plan=text.strip())
        self.split_requested.emit(chapter, before, after)
