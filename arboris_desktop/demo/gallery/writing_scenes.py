"""The page at work, and what stands beside it while somebody writes, for the gallery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from arboris_desktop.demo.common import frames
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.page_look import PageColour, PageLook
from arboris_desktop.domain.revision import Passage
from arboris_desktop.domain.snapshots import SnapshotKind

if TYPE_CHECKING:
    from arboris_desktop.services import Services
    from arboris_desktop.ui.main_window import MainWindow
    from arboris_desktop.ui.second_pane.pane import SecondPane
    from arboris_desktop.ui.second_pane.places import PaneContent
    from arboris_desktop.ui.studio import Studio

Take = Callable[[str], Awaitable[None]]
Until = Callable[[Callable[[], Any]], Awaitable[Any]]


class WritingScenes:
    """Paints the page at work; the first chapter is open, and the next ones are written too."""

    def __init__(
        self, studio: Studio, window: MainWindow, services: Services, take: Take, until: Until
    ) -> None:
        self._studio, self._window, self._services = studio, window, services
        self._take, self._until = take, until
        self._view = window.chapter_view

    async def play(self) -> None:
        """All of it, one after the other; the page is left as it was found."""
        await self._find()
        await self._select()
        await self._continue()
        await self._revise()
        await self._fill_panels()
        await self._open_beside()
        await self._turn_pages()
        self._window.close_second_pane()
        self._window.actions_.second_pane.setChecked(False)
        self._window.side.close_panel()

    def _passage(self) -> Passage:
        """The second paragraph of the chapter."""
        chapter_id, text = self._view.chapter_id, self._view.current_text()
        assert chapter_id is not None
        start = text.index("\n\n") + 2
        return Passage(chapter_id, start, text[start : text.index("\n\n", start)])

    def _select_passage(self) -> Passage:
        from arboris_desktop.ui.chapter.editor import ChapterEditor

        passage = self._passage()
        editor = self._view.findChild(ChapterEditor)
        assert editor is not None
        editor.setFocus()
        editor.select(passage.start, passage.start + len(passage.text))
        return passage

    async def _find(self) -> None:
        from arboris_desktop.ui.chapter.find.bar import FindBar

        bar = self._view.findChild(FindBar)
        assert bar is not None
        self._window.edit_menu.replace_words.trigger()
        bar.words.setText(self._passage().text[:2])
        await self._take("find")
        bar.closed.emit()
        bar.hide()

    async def _select(self) -> None:
        self._select_passage()
        self._window.revision_menu.words_wanted.emit()
        await self._take("selection-bar")

    async def _continue(self) -> None:
        from arboris_desktop.ui.continuation.bar import ContinuationBar

        bar = self._view.findChild(ContinuationBar)
        assert bar is not None
        self._window.actions_.continue_here.trigger()
        await self._take("continue")
        bar.begin()
        self._view.proposal.show_words(self._passage().text)
        bar.show_words(True)
        await self._take("continue-proposed")
        bar.dropped.emit()

    async def _revise(self) -> None:
        from arboris_desktop.ui.revision.in_place import RevisionInPlace

        in_place = self._view.findChild(RevisionInPlace)
        assert in_place is not None
        passage = self._passage()
        in_place.begin(passage)
        in_place.show_words(passage.text[: len(passage.text) // 2])
        in_place.show_state(ready=True, busy=False)
        await self._take("revise-in-place")
        in_place.end()

    # --- panels with something in them ---

    async def _fill_panels(self) -> None:
        from arboris_desktop.ui.frame.side_panel import Panel
        from arboris_desktop.ui.novels.changes import Changes

        services, side = self._services, self._window.side
        contents = self._studio.library.contents
        assert contents is not None
        passage = self._select_passage()
        name = passage.text[:4].strip()
        services.codex.add_entry(contents.project.id, EntryKind.CHARACTER, name, passage.text)
        services.snapshots.take(passage.chapter_id, SnapshotKind.NAMED, contents.project.title)
        self._studio.library.tell(Changes(codex=True, texts=True))
        self._window.actions_.comment.trigger()
        panel = self._window.comment_panel
        await self._until(panel.cards)
        await self._take("panel-comments-filled")
        side.open_panel(Panel.VERSIONS)
        await self._take("panel-versions-filled")
        side.open_panel(Panel.SEARCH)
        self._window.search_panel.words.setText(passage.text[:2])
        await self._until(lambda: self._window.search_panel.model.rowCount() > 1)
        await self._take("panel-search-filled")
        side.open_panel(Panel.CODEX)
        await self._take("panel-codex-filled")
        side.close_panel()

    # --- the second pane ---

    async def _open_beside(self) -> None:
        from arboris_desktop.ui.second_pane.places import PaneContent

        contents = self._studio.library.contents
        assert contents is not None
        self._window.project_tree.second_pane_requested.emit(contents.chapters[0].id)
        pane = self._window.second_pane
        await self._until(lambda: pane.editor.chapter_id == contents.chapters[0].id)
        await self._take("beside-text")
        for shows in (PaneContent.PLAN, PaneContent.VOLUME):
            pane.wished.emit(shows, None)
            await self._until(partial(_shows, pane, shows))
            await frames(4)
            await self._take(f"beside-{shows.value}")

    async def _turn_pages(self) -> None:
        """Each colour of the page, with the volume beside the text."""
        for colour in PageColour:
            if colour is not PageColour.WINDOW:
                self._view.set_page_look(PageLook(colour=colour))
                await self._take(f"page-{colour.value}")
        self._view.set_page_look(PageLook())


def _shows(pane: SecondPane, wanted: PaneContent) -> bool:
    return pane.shows is wanted
