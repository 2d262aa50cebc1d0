"""A volume as one scroll area: chapters in view are loaded, those far away are released."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.second_pane.volume_section import VolumeSection

MOST_LOADED = 9
"""Chapters whose texts are in memory, however long the volume is."""
_AHEAD = 1.0
"""Heights of the view beyond its edges within which chapters are loaded."""
_FREE_BELOW = 0.5
"""The share of the view that is empty below the last chapter, as on the page."""


class VolumeReader(Translated, QScrollArea):
    """Shows chapters one below the other, read-only."""

    text_wanted = Signal(int)
    """The id of a chapter that has come near; answered by ``show_text``."""
    chapter_opened = Signal(int)
    """A chapter is to be shown in the first pane."""

    def __init__(self, dress: Callable[[ChapterEditor], object]) -> None:
        super().__init__()
        self._dress = dress
        self._language, self._colours = Language.ENGLISH, QPalette()
        self._goal: int | None = None
        """The chapter to stay at while texts above it arrive, until the author scrolls."""
        self._is_placing = False
        self._sections: list[VolumeSection] = []
        self._content = QWidget()
        self._content.setBackgroundRole(QPalette.ColorRole.Base)
        self._content.setAutoFillBackground(True)
        self.setWidget(self._content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._note_scroll)
        self._retranslate()

    def show_chapters(
        self, chapters: Sequence[ChapterOverview], language: Language, begins_at: int
    ) -> None:
        """Shows these chapters, starting at one of them; the same ones again keep their
        position."""
        if [each.chapter.id for each in self._sections] == [each.id for each in chapters]:
            for section, chapter in zip(self._sections, chapters, strict=True):
                section.show_chapter(chapter)
            self.reload()
            return
        self.clear()
        self._language = language
        for chapter in chapters:
            section = VolumeSection(chapter, language, self._content)
            section.set_colours(self._colours)
            section.opened.connect(self.chapter_opened)
            section.show()
            self._sections.append(section)
        self._place()
        self.go_to(begins_at)
        self._soon.start(0)

    def clear(self) -> None:
        """Shows nothing, and keeps no text."""
        for section in self._sections:
            section.hide()
            section.deleteLater()
        self._sections = []
        self._place()

    def show_text(self, chapter_id: int, text: str | None) -> None:
        """Shows the text of a chapter; ``None`` if it is not written."""
        section = next((each for each in self._sections if each.chapter.id == chapter_id), None)
        if section is not None:
            section.show_text(text, self._dress)
            self._place()
            self._soon.start(0)

    @Slot()
    def reload(self) -> None:
        """Requests the shown texts again."""
        for section in self._sections:
            if section.is_loaded:
                self.text_wanted.emit(section.chapter.id)

    def take_look(self, look: PageLook) -> None:
        """Changes the size and look of the page; headings use its colours, too."""
        from arboris_desktop.ui.widgets.page_colours import page_palette

        self._colours = page_palette(look.colour)
        for paper in (self, self.viewport(), self._content):
            paper.setPalette(self._colours)
        for section in self._sections:
            section.set_colours(self._colours)
            section.take_look(self._dress)
        self._place()

    def go_to(self, chapter_id: int) -> None:
        """Scrolls to the beginning of a chapter."""
        self._goal = chapter_id
        self._place()

    def chapter_in_sight(self) -> int | None:
        """The chapter at the top of the view."""
        top = self.verticalScrollBar().value()
        passed = [each for each in self._sections if each.y() <= top + 1]
        return passed[-1].chapter.id if passed else None

    def loaded(self) -> list[int]:
        """The chapters whose texts are in memory."""
        return [each.chapter.id for each in self._sections if each.is_loaded]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out the lines again."""
        self._is_placing = True
        super().resizeEvent(event)
        self._place()
        self._soon.start(0)

    @Slot()
    def _note_scroll(self) -> None:
        if not self._is_placing:
            self._goal = None
        self._soon.start(0)

    def _place(self) -> None:
        """Stacks the sections; what is being read keeps its position in the view."""
        self._is_placing = True
        self._place_sections()
        self._is_placing = False

    def _place_sections(self) -> None:
        bar, width = self.verticalScrollBar(), self.viewport().width()
        top = bar.value()
        first = next((each for each in self._sections if each.y() + each.height() > top), None)
        before = 0 if first is None else first.y() - top
        place = 0
        for section in self._sections:
            height = section.height_for(width)
            section.setGeometry(0, place, width, height)
            place += height
        free = round(_FREE_BELOW * self.viewport().height()) if self._sections else 0
        self._content.resize(width, place + free)
        goal = next((each for each in self._sections if each.chapter.id == self._goal), None)
        if goal is not None:
            bar.setValue(goal.y())
        elif first is not None:
            bar.setValue(first.y() - before)

    @Slot()
    def _look(self) -> None:
        """Asks for the chapters that have come near, and lets go of the farthest."""
        height = self.viewport().height()
        top = self.verticalScrollBar().value() - round(_AHEAD * height)
        bottom = top + round((1 + 2 * _AHEAD) * height)
        near = [each for each in self._sections if each.y() < bottom and each.y_end() > top]
        for section in near:
            if section.ask():
                self.text_wanted.emit(section.chapter.id)
        far = [each for each in self._sections if each.is_loaded and each not in near]
        far.sort(key=lambda each: max(top - each.y_end(), each.y() - bottom))
        for section in far[max(0, MOST_LOADED - len(near)) :]:
            section.unload()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The volume as one scroll"))
        for section in self._sections:
            section.retranslate()
