"""The parts of the stage of chapters: the text, its candidates, a second pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arboris_desktop.ui.candidates.chapter_stage import ChapterStage
from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.frame.two_panes import TwoPanes
from arboris_desktop.ui.workspace import Stage

if TYPE_CHECKING:
    from arboris_desktop.ui.main_window import MainWindow


class ChapterParts:
    """Made with the first novel: a window without one does not need a page.

    It joins the stages of the window, and handles the commands about the shown text.
    """

    def __init__(self, window: MainWindow) -> None:
        self.view = view = ChapterView()
        self.stage = ChapterStage(view)
        self.panes = TwoPanes(self.stage)
        window.workspace.add_page(Stage.CHAPTERS, self.panes)
        self._window = window
        self._answer(window)
        self._answer_finding(window)

    def _answer(self, window: MainWindow) -> None:
        actions, view = window.actions_, self.view
        begin, workspace = view.without_chapter, window.workspace
        begin.first_chapter_requested.connect(actions.add_chapter.trigger)
        begin.import_requested.connect(actions.import_novel.trigger)
        begin.idea_requested.connect(lambda: workspace.begin_at(Stage.IDEA))
        begin.outline_requested.connect(lambda: workspace.begin_at(Stage.OUTLINE))
        view.add_to_context_menu(actions.continue_here)
        view.add_to_context_menu(window.revision_menu.menuAction())
        view.add_to_context_menu(actions.comment)
        actions.zoom_in.triggered.connect(view.zoom_in)
        actions.zoom_out.triggered.connect(view.zoom_out)
        actions.zoom_reset.triggered.connect(lambda: view.set_zoom(100))

    def _answer_finding(self, window: MainWindow) -> None:
        edit = window.edit_menu
        edit.find_words.triggered.connect(lambda: self._find(replace=False))
        edit.replace_words.triggered.connect(lambda: self._find(replace=True))
        edit.find_next.triggered.connect(lambda: self._find_next(backwards=False))
        edit.find_previous.triggered.connect(lambda: self._find_next(backwards=True))
        window.side.left.connect(self._go_back_to_text)

    def _go_back_to_text(self) -> None:
        if self.view.isVisible():
            self.view.take_focus()

    def _find(self, *, replace: bool) -> None:
        if self.is_in_second_pane:
            self._window.second_pane.finder.open(replace=replace)
            return
        self._window.leave_planning()
        self.view.find_words(replace=replace)

    def _find_next(self, *, backwards: bool) -> None:
        if self.is_in_second_pane:
            self._window.second_pane.find_next(backwards=backwards)
        else:
            self.view.find_next(backwards=backwards)

    @property
    def is_in_second_pane(self) -> bool:
        """True if the author is typing, or searching, in the second pane."""
        field = self._window.edit_menu.field()
        if field is None or not self.panes.is_open:
            return False
        pane = self._window.second_pane
        return field is pane.editor or pane.find_bar.isAncestorOf(field)
