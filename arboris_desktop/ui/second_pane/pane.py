"""The second pane: a chapter's text or plan for editing, one of its versions, or its volume."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.revision import Passage
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.find.bar import FindBar
from arboris_desktop.ui.chapter.find.finder import Finder
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.plan_edit import PlanEdit
from arboris_desktop.ui.second_pane.places import PaneContent
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.prose_font import prose_font

_HEIGHT = 48
_ICON = 16
_LEAST_WIDTH = 300


class SecondPane(Translated, QWidget):
    """Shows what it is given, and reports what the author types and wants to see."""

    closed = Signal()
    stepped = Signal(int)
    """The distance of the wanted chapter from this one."""
    wished = Signal(object, object)
    """A ``PaneContent``, and the id of a version or ``None``."""
    text_shown = Signal()
    """Another chapter's text can be edited here."""
    plan_typed = Signal()
    left = Signal()
    """The pane has lost focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows = PaneContent.TEXT
        self._version_id: int | None = None
        self._is_growing = False
        self._versions: Sequence[tuple[str, int]] = ()
        self.editor = _BesideText()
        self.plan = PlanEdit()
        self.find_bar = FindBar()
        self.finder = Finder(self.find_bar, self.editor)
        self._build_head()
        self._note = muted(plain_label())
        self._note.setContentsMargins(20, 0, 20, 8)
        self._note.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.editor)
        self._pages.addWidget(self.plan)
        self._lay_out()
        self.editor.focus_left.connect(self.left)
        self.plan.left.connect(self.left)
        self.plan.textChanged.connect(self._tell_plan)
        self._is_showing = False
        self.setFocusProxy(self.editor)
        self._retranslate()

    # --- the content ---

    def show_head(self, name: str, language: Language, versions: Sequence[tuple[str, int]]) -> None:
        """Shows the chapter's name, and offers its versions by name and id."""
        self._name.set_text(name)
        font = prose_font(language, round(self.font().pointSize() * 1.15))
        font.setBold(True)
        self._name.setFont(font)
        self.editor.set_language(language)
        self.plan.setFont(prose_font(language, self.font().pointSize() + 2))
        self._versions = versions

    def show_text(self, chapter_id: int, text: str) -> None:
        """Shows the text of a chapter for editing; the same text again changes nothing."""
        is_same = self.editor.chapter_id == chapter_id and not self.editor.isReadOnly()
        if not is_same:
            self.editor.show_chapter(chapter_id, text)
        elif not self.editor.shows(text):
            self.editor.follow_text(text)
        self._is_growing = False
        self._turn_to(PaneContent.TEXT, self.editor)
        if not is_same:
            self.text_shown.emit()

    def show_growing(self, text: str) -> None:
        """Shows a text that a model is extending."""
        if not (self._is_growing and self.editor.shows(text)):
            self.editor.begin_stream(text)
        self._is_growing = True
        self._turn_to(PaneContent.TEXT, self.editor)

    def show_version(self, version_id: int, text: str) -> None:
        """Shows a version, read-only."""
        if not (self.editor.isReadOnly() and self.editor.shows(text)):
            self.editor.set_text(text, read_only=True)
        self._is_growing = False
        self._version_id = version_id
        self._turn_to(PaneContent.VERSION, self.editor)

    def show_plan(self, plan: str) -> None:
        """Shows a plan for editing."""
        if self.plan.toPlainText().strip() != plan.strip():
            self._is_showing = True
            self.plan.setPlainText(plan)
            self._is_showing = False
        self._turn_to(PaneContent.PLAN, self.plan)

    def show_page(self, shows: PaneContent, page: QWidget) -> None:
        """Shows another page in place of the text."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._turn_to(shows, page)

    def show_note(self, words: str) -> None:
        """Shows a note about the content, or none."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    @property
    def shows(self) -> PaneContent:
        """The kind of its content."""
        return self._shows

    @property
    def is_growing(self) -> bool:
        """True if it shows a text that is being written, or its draft."""
        return self._is_growing and self._shows is PaneContent.TEXT

    def find_next(self, *, backwards: bool = False) -> None:
        """Goes to the next match; first asks what to find if nothing is."""
        if not self.find_bar.isVisible():
            self.finder.open(replace=False)
        elif backwards:
            self.finder.go_back()
        else:
            self.finder.go_on()

    def selected_passage(self) -> Passage | None:
        """The passage that the author has selected in an editable text."""
        start, end = self.editor.selected_range()
        if self.editor.chapter_id is None or self.editor.isReadOnly() or start == end:
            return None
        return Passage(self.editor.chapter_id, start, self.editor.text()[start:end])

    def plan_text(self) -> str:
        """The plan as typed."""
        return self.plan.toPlainText().strip()

    def note_text(self) -> str:
        """The note about the content."""
        return self._note.text()

    def _turn_to(self, shows: PaneContent, page: QWidget) -> None:
        self._shows = shows
        has_keyboard = self._has_keyboard()
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)
        if page is not self.editor:
            self.find_bar.hide()
        if has_keyboard:
            page.setFocus()
        self._name_way()

    def _has_keyboard(self) -> bool:
        focus: QWidget | None = self.window().focusWidget()
        return focus is not None and self._pages.isAncestorOf(focus)

    # --- its head ---

    def _build_head(self) -> None:
        self._name = ElidedLabel()
        self._before = self._button("up", lambda: self.stepped.emit(-1))
        self._after = self._button("down", lambda: self.stepped.emit(1))
        self._way = QToolButton()
        self._way.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._way.setMenu(self._menu)
        self._close = self._button("close", self.closed.emit)

    def _button(self, icon_name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(_ICON, _ICON))
        button.setAutoRaise(True)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head.setFixedHeight(_HEIGHT)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(20, 0, 8, 0)
        head.setSpacing(4)
        head.addWidget(self._name, 1)
        for button in (self._before, self._after, self._way, self._close):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.find_bar)
        layout.addWidget(self._note)
        layout.addWidget(self._pages, 1)
        self.plan.setFrameShape(PlanEdit.Shape.NoFrame)
        self.plan.setObjectName("bare")
        self.plan.document().setDocumentMargin(20)
        self._pages.setBackgroundRole(QPalette.ColorRole.Base)
        self.setMinimumWidth(_LEAST_WIDTH)

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for shows in (PaneContent.TEXT, PaneContent.PLAN, PaneContent.VOLUME):
            self._add(self._menu, group, self._words(shows), shows, None)
        if self._versions:
            versions = self._menu.addMenu(self.tr("Version"))
            for name, version_id in self._versions:
                self._add(versions, group, name, PaneContent.VERSION, version_id)

    def _add(
        self,
        menu: QMenu,
        group: QActionGroup,
        words: str,
        shows: PaneContent,
        version_id: int | None,
    ) -> None:
        action = QAction(words, menu)
        action.setCheckable(True)
        is_shown = shows is self._shows
        if shows is PaneContent.VERSION:
            is_shown = is_shown and version_id == self._version_id
        action.setChecked(is_shown)
        action.triggered.connect(lambda: self.wished.emit(shows, version_id))
        group.addAction(action)
        menu.addAction(action)

    def _words(self, shows: PaneContent) -> str:
        return {
            PaneContent.TEXT: self.tr("Text"),
            PaneContent.PLAN: self.tr("Plan"),
            PaneContent.VERSION: self.tr("Version"),
            PaneContent.VOLUME: self.tr("Volume"),
        }[shows]

    def _name_way(self) -> None:
        self._way.setText(self._words(self._shows))
        self._way.setAccessibleName(
            self.tr("Shown in the second pane: {kind}").format(kind=self._way.text())
        )

    @Slot()
    def _tell_plan(self) -> None:
        if not self._is_showing:
            self.plan_typed.emit()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Second pane"))
        self.plan.setAccessibleName(self.tr("Plan in the second pane"))
        self.plan.setPlaceholderText(self.tr("Who does what, and how it ends."))
        self._way.setToolTip(self.tr("Text, plan, volume or a version"))
        for button, words in (
            (self._before, self.tr("The chapter before")),
            (self._after, self.tr("The chapter after")),
            (self._close, self.tr("Close the second pane")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._name_way()


class _BesideText(ChapterEditor):
    """The text of the second pane, with a name of its own for screen readers."""

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setAccessibleName(self.tr("Text in the second pane"))
