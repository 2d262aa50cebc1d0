"""The page of a chapter as the rest of the window sees it: its text, its size, finding in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from arboris_desktop.domain.novel import ChapterOverview, Language, ParagraphStyle
from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.domain.revision import Passage
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.domain.writing_days import NOTHING_ELSE, NotTyped
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.differences import changed_middle
from arboris_desktop.text.normal_form import normalised_text
from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.chapter.chapter_page import ChapterPage
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.editor.document_cache import TextPlace
from arboris_desktop.ui.chapter.editor.spelling_marks import SpellingMarks
from arboris_desktop.ui.chapter.no_chapter import NoChapterPage
from arboris_desktop.ui.chapter.replaced_text import ReplacedText
from arboris_desktop.ui.chapter.text_focus import TextFocus
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.page_stack import PageStack

if TYPE_CHECKING:
    from arboris_desktop.text.known_names import KnownNames
    from arboris_desktop.ui.chapter.page_proposal import PageProposal
    from arboris_desktop.ui.chapter.selection_place import SelectionPlace
    from arboris_desktop.ui.widgets.prose_look import ProseLook

ZOOMS = (60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250)
"""Zoom levels of the text, in percent of the size in the settings."""


class ChapterSurface(QWidget):
    """The shown text, of whichever chapter."""

    model_changes_text = Signal(int)
    """A model is about to change the text of a chapter; what was typed is being saved."""
    text_replaced = Signal(int, object)
    """A chapter, and how much of a change of its text the author did not type (``NotTyped``)."""

    look_changed = Signal()
    """The size or the look of the text has changed."""
    card_wanted = Signal(int, QPoint)
    """The mouse rests on the name of a codex entry with this number, at this screen position."""
    entry_opened = Signal(int)
    """The author wants to see a codex entry."""
    text_left = Signal()
    """The text has lost focus."""

    comment_entered = Signal(object)
    """The number of the comment at the cursor, or ``None``."""

    def __init__(
        self, parent: QWidget | None, *, font_points: int, edits: TypedEdits | None
    ) -> None:
        super().__init__(parent)
        self._overview: ChapterOverview | None = None
        self._language = Language.ENGLISH
        self._font_points = font_points
        self._zoom = 100
        self._build()
        self._edits = edits or TypedEdits(self)

    @property
    def chapter_id(self) -> int | None:
        """The shown chapter."""
        return None if self._overview is None else self._overview.id

    @property
    def header(self) -> ChapterHeader:
        """The line above the text, where title and plan are changed."""
        return self._page.header

    def current_text(self) -> str:
        """The shown text, saved or not, to which the editor's positions refer."""
        return self._editor.text()

    def stored_text(self) -> str:
        """The shown text, saved or not, in its stored form."""
        return self._editor.stored_text()

    def reveal(self, start: int, end: int, stored: str | None = None) -> None:
        """Scrolls to the characters from ``start`` to ``end`` and marks them.

        With ``stored`` they are characters of that text, which may not be normalised yet.
        """
        if self.chapter_id is None or self._page.shows_plan:
            return
        span = Span(start, end)
        if stored is not None and self._editor.shows(stored):
            from arboris_desktop.text.position_mapping import mapped

            span = mapped(span, stored, self._editor.text())
        self._editor.reveal(span.start, span.end)

    def show_comments(self, stored: str, spans: Mapping[int, Span]) -> None:
        """Marks the passages of the stored text with comments, by the comments' numbers."""
        if self._can_edit():
            self._editor.show_stored_comments(stored, spans)

    def comment_at_cursor(self) -> int | None:
        """The number of the comment at the cursor."""
        return self._editor.comment_at_cursor()

    @property
    def language(self) -> Language:
        """The language of the shown novel."""
        return self._language

    @property
    def prose_look(self) -> ProseLook:
        """The look of the prose, in the size of the settings."""
        return self._editor.prose_look.sized(self._font_points)

    @property
    def font_points(self) -> int:
        """The size of the prose."""
        return self._font_points

    def selected_passage(self) -> Passage | None:
        """The passage that the author has selected in an editable text."""
        start, end = self._editor.selected_range()
        if self.chapter_id is None or not self._can_edit() or start == end:
            return None
        return Passage(self.chapter_id, start, self._editor.text()[start:end])

    @cached_property
    def proposal(self) -> PageProposal:
        """The words that a model proposes for the text."""
        from arboris_desktop.ui.chapter.page_proposal import PageProposal

        return PageProposal(self, self._editor)

    def beside_selection(self, bar: QWidget) -> SelectionPlace:
        """The position of a bar beside the selection."""
        from arboris_desktop.ui.chapter.selection_place import SelectionPlace

        return SelectionPlace(self._editor, bar)

    def show_leaving(self, passage: Span | None) -> None:
        """Strikes through a passage that would be replaced, or none."""
        self._editor.show_leaving(passage)

    def text_around_cursor(self) -> tuple[str, str] | None:
        """The text before and after the cursor, if it can be edited."""
        if self.chapter_id is None or not self._can_edit():
            return None
        text, place = self._editor.text(), self._editor.selected_range()[1]
        return text[:place], text[place:]

    def replace_passage(self, start: int, old: str, new: str) -> bool:
        """Replaces ``old`` by ``new``, undoable; returns false unless ``old`` is there."""
        if not (self._can_edit() and self._editor.text().startswith(old, start)):
            return False
        self._tell_model_changes_text()
        before = self.current_text()
        self._editor.replace_range(start, start + len(old), new)
        self._tell_replaced(before, by_model=True)
        return True

    def replace_text(self, text: str) -> bool:
        """Replaces the whole text, undoable; returns false unless it can be edited."""
        if self.chapter_id is None or not self._can_edit():
            return False
        before = self.current_text()
        span, middle = changed_middle(before, normalised_text(text, self._language))
        self._editor.replace_range(span.start, span.end, middle)
        self._tell_replaced(before, by_model=False)
        return True

    def _tell_replaced(self, before: str, *, by_model: bool) -> None:
        lengths = (count_words(text, self._language) for text in (self.current_text(), before))
        words = next(lengths) - next(lengths)
        change = NotTyped(by_model=words) if by_model else NotTyped(brought_back=words)
        self.text_replaced.emit(self.chapter_id, change)
        ReplacedText.of(self._editor.document()).note(change)

    def _tell_undone(self) -> None:
        change = ReplacedText.of(self._editor.document()).moved()
        if self.chapter_id is not None and change != NOTHING_ELSE:
            self.text_replaced.emit(self.chapter_id, change)

    def place(self) -> TextPlace:
        """The author's position in the shown text."""
        return self._editor.place()

    def go_to(self, place: TextPlace) -> None:
        """Moves to a position in the shown text."""
        if self._can_edit():
            self._editor.go_to(place)

    @property
    def zoom(self) -> int:
        """The zoom in percent of the size in the settings."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Changes the zoom until it is set again, within limits."""
        self._zoom = min(ZOOMS[-1], max(ZOOMS[0], percent))
        self._editor.set_font_points(self._zoomed_points())
        self._footer.show_zoom(self._zoom)
        self.look_changed.emit()

    def zoom_in(self) -> None:
        """Zooms in by a step."""
        self.set_zoom(next((each for each in ZOOMS if each > self._zoom), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Zooms out by a step."""
        self.set_zoom(next((each for each in reversed(ZOOMS) if each < self._zoom), ZOOMS[0]))

    def _zoomed_points(self) -> int:
        return max(6, round(self._font_points * self._zoom / 100))

    def set_font_points(self, points: int) -> None:
        """Changes the font size."""
        self._font_points = points
        self._editor.set_font_points(self._zoomed_points())
        self.look_changed.emit()

    def set_page_look(self, look: PageLook) -> None:
        """Changes the line length and height, the colours and the Chinese font."""
        self._editor.set_page_look(look)
        self.look_changed.emit()

    def set_paragraph_style(self, style: ParagraphStyle) -> None:
        """Separates paragraphs by an indentation, a gap, or both."""
        self._editor.set_paragraph_style(style)
        self.look_changed.emit()

    def lend_aids(self, editor: ChapterEditor) -> None:
        """Gives another editor the same visual aids."""
        editor.typewriter.switch(self._editor.typewriter.is_on)
        editor.set_text_focus(self._editor.text_focus)

    def lend_look(self, editor: ChapterEditor) -> None:
        """Gives another editor the size, the look and the typing aids of this one."""
        editor.set_font_points(self._zoomed_points())
        editor.take_look_of(self._editor)

    def take_focus(self) -> None:
        """Moves the focus to the text, or to what is offered in its place."""
        if self.chapter_id is None:
            self.without_chapter.setFocus()
        else:
            (self._planned if self._page.shows_plan else self._editor).setFocus()

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(self._editor if page is self._page else page)

    def set_text_alone(self, alone: bool) -> None:
        """Shows only the text, or its header and footer too."""
        self._page.set_text_alone(alone)

    def find_words(self, *, replace: bool = False) -> None:
        """Starts finding or replacing in the shown text."""
        if self._editor.isVisible():
            self._page.finder.open(replace=replace)

    def find_next(self, *, backwards: bool = False) -> None:
        """Goes to the next match; first asks what to find if nothing is."""
        if not self._page.find_bar.isVisible():
            self.find_words()
        elif backwards:
            self._page.finder.go_back()
        else:
            self._page.finder.go_on()

    def add_to_context_menu(self, action: QAction) -> None:
        """Adds an action to the context menu of the text."""
        self._editor.add_to_context_menu(action)

    @property
    def spelling(self) -> SpellingMarks:
        """The marks below words that may be wrong."""
        return self._editor.spelling

    @property
    def typing_settings(self) -> TypingSettings:
        """The settings of the typing aids."""
        return self._editor.typing_help.settings

    def set_typing_help(self, settings: TypingSettings) -> None:
        """Sets which typing aids are active."""
        self._editor.typing_help.settings = settings
        self.look_changed.emit()

    def know_names(self, names: KnownNames | None) -> None:
        """Marks the names of codex entries in the text, or none."""
        self._editor.know_names(names)
        self.look_changed.emit()

    def set_typewriter(self, on: bool) -> None:
        """Switches typewriter scrolling on or off."""
        self._editor.typewriter.switch(on)
        self.look_changed.emit()

    def set_text_focus(self, focus: TextFocus) -> None:
        """Dims all but the current paragraph or sentence, or nothing."""
        self._editor.set_text_focus(focus)
        self.look_changed.emit()

    def _can_edit(self) -> bool:
        return not self._page.shows_plan and not self._editor.isReadOnly()

    def _tell_model_changes_text(self) -> None:
        self.flush_edits()
        self._emit_for_chapter(self.model_changes_text)

    def flush_edits(self) -> None:
        """Offers the author's last change for saving at once."""
        self._edits.flush()

    def _emit_for_chapter(self, signal: SignalInstance) -> None:
        if self.chapter_id is not None:
            signal.emit(self.chapter_id)

    def _build(self) -> None:
        self.without_chapter = NoChapterPage()
        self._page = ChapterPage(font_points=self._font_points)
        self._header, self._footer = self._page.header, self._page.footer
        self._banner, self._planned = self._page.banner, self._page.planned
        self._editor = self._page.editor
        self._editor.comment_entered.connect(self.comment_entered)
        self._editor.card_wanted.connect(self.card_wanted)
        self._editor.entry_opened.connect(self.entry_opened)
        self._editor.focus_left.connect(self.text_left)
        self._pages = PageStack()
        self._pages.addWidget(self.without_chapter)
        self._pages.addWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.setFocusProxy(self._editor)
