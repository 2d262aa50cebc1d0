"""The parts of the stage of chapters: the text of one, its candidates, a second pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arboris_desktop.ui.candidates.chapter_stage import ChapterStage
from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.frame.two_panes import TwoPanes
from arboris_desktop.ui.workspace import Stage

if TYPE_CHECKING:
    from arboris_desktop.ui.main_window import MainWindow


class ChapterParts:
    """Made with the first novel: a window that shows none has no use for a page.

    It joins the stages of the window, and answers the commands about the text that is shown.
    """

    def __init__(self, window: MainWindow) -> None:
        self.view = view = ChapterView()
        self.stage = ChapterStage(view)
        self.panes = TwoPanes(self.stage)
        window.workspace.add_page(Stage.CHAPTERS, self.panes)
        self._answer(window)

    def _answer(self, window: MainWindow) -> None:
        actions, view = window.actions_, self.view
        view.chapter_requested.connect(actions.add_chapter.trigger)
        view.add_to_context_menu(actions.continue_here)
        view.add_to_context_menu(window.revision_menu.menuAction())
        view.add_to_context_menu(actions.comment)
        actions.zoom_in.triggered.connect(view.zoom_in)
        actions.zoom_out.triggered.connect(view.zoom_out)
        actions.zoom_reset.triggered.connect(lambda: view.set_zoom(100))
