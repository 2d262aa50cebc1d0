"""Parts of the window that only a novel needs: imported and made on first access."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from arboris_desktop.ui.frame.side_panel import Panel, PanelPart

if TYPE_CHECKING:
    from arboris_desktop.ui.arrivals.bar import ArrivalBar
    from arboris_desktop.ui.auto.bar import AutoBar
    from arboris_desktop.ui.book_search.panel import BookSearchPanel
    from arboris_desktop.ui.candidates.chapter_stage import ChapterStage
    from arboris_desktop.ui.candidates.page import CandidatePage
    from arboris_desktop.ui.chapter.view import ChapterView
    from arboris_desktop.ui.codex.panel import CodexPanel
    from arboris_desktop.ui.comments.panel import CommentPanel
    from arboris_desktop.ui.frame.centre import Centre
    from arboris_desktop.ui.frame.chapter_parts import ChapterParts
    from arboris_desktop.ui.frame.two_panes import TwoPanes
    from arboris_desktop.ui.notes.panel import NotesPanel
    from arboris_desktop.ui.revision.panel import RevisionPanel
    from arboris_desktop.ui.second_pane.pane import SecondPane
    from arboris_desktop.ui.snapshots.panel import SnapshotPanel
    from arboris_desktop.ui.tasks.panel import TaskPanel
    from arboris_desktop.ui.work.lazy import Lazy


class LazyParts(QMainWindow):
    """The part of the main window that has them; the rest of it says where they go."""

    centre: Centre

    codex_panel: PanelPart[CodexPanel] = PanelPart(Panel.CODEX, "codex.panel")
    search_panel: PanelPart[BookSearchPanel] = PanelPart(Panel.SEARCH, "book_search.panel")
    revision_panel: PanelPart[RevisionPanel] = PanelPart(Panel.REVISION, "revision.panel")
    snapshot_panel: PanelPart[SnapshotPanel] = PanelPart(Panel.VERSIONS, "snapshots.panel")
    comment_panel: PanelPart[CommentPanel] = PanelPart(Panel.COMMENTS, "comments.panel")
    notes_panel: PanelPart[NotesPanel] = PanelPart(Panel.NOTES, "notes.panel")
    task_panel: PanelPart[TaskPanel] = PanelPart(Panel.ACTIVITY, "tasks.panel")

    chapter_parts: Lazy[ChapterParts]

    @property
    def chapter_view(self) -> ChapterView:
        """The text of a chapter, made on first access: see ``chapter_parts``."""
        return self.chapter_parts.get().view

    @property
    def chapter_stage(self) -> ChapterStage:
        """The text, or candidates in its place."""
        return self.chapter_parts.get().stage

    @property
    def two_panes(self) -> TwoPanes:
        """The stage of the chapters, and what may be beside it."""
        return self.chapter_parts.get().panes

    def flush_edits(self) -> None:
        """Offers for saving what the author has typed into chapters so far."""
        if chapters := self.chapter_parts.made:
            chapters.view.flush_edits()

    @cached_property
    def candidate_page(self) -> CandidatePage:
        """The candidates of a chapter, side by side."""
        return self.chapter_stage.candidates

    @cached_property
    def second_pane(self) -> SecondPane:
        """The second pane, beside the text."""
        from arboris_desktop.ui.second_pane.pane import SecondPane

        return SecondPane()

    @cached_property
    def arrival_bar(self) -> ArrivalBar:
        """The bar above the page about the contents of a novel file."""
        from arboris_desktop.ui.arrivals.bar import ArrivalBar

        bar = ArrivalBar()
        self.centre.add_above(bar)
        return bar

    @cached_property
    def auto_bar(self) -> AutoBar:
        """The progress of a run of chapters, above the page."""
        from arboris_desktop.ui.auto.bar import AutoBar

        bar = AutoBar()
        self.centre.add_above(bar)
        return bar
