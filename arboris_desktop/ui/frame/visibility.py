"""The visibility of the parts beside the page: the sidebar, a panel, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from arboris_desktop.ui.frame.side_panel import Panel, SidePanel
from arboris_desktop.ui.workspace import Stage

if TYPE_CHECKING:
    from arboris_desktop.ui.main_window import MainWindow


class PartVisibility(QObject):
    """Gives each stage the space it needs, and restores what the author had beside it before.

    ``around`` is hidden in focus mode. ``panel`` is the one that belongs to the chapters.
    """

    def __init__(self, window: MainWindow, around: Sequence[QWidget]) -> None:
        super().__init__(window)
        self.panel: Panel | None = None
        self._window, self._actions, self._side = window, window.actions_, window.side
        self._stage: Stage | None = None
        """The stage that the panel belongs to; none while the start page is shown."""
        self._fold = SideFold(self._actions.sidebar, self._side)
        self._focus = FocusMode(window, around)
        self._focus.changed.connect(self._show_focus)
        self._actions.focus.triggered.connect(self._set_focus)
        self._actions.sidebar.toggled.connect(self._show_sidebar)
        window.workspace.stage_changed.connect(self.follow_stage)
        window.chapter_parts.when_made(
            lambda made: made.stage.candidates_shown.connect(self._fold_for_candidates)
        )

    def settle(self) -> None:
        """Restores everything that was hidden temporarily, and remembers the panel."""
        self._focus.leave()
        self._fold.unfold()
        self._note_panel()

    def leave_studio(self) -> None:
        """Records that no stage is shown."""
        self.settle()
        self._stage = None
        self._side.close_panel()

    def leave_focus(self) -> bool:
        """Leaves focus mode; returns false if it was not on."""
        was_on = self._focus.is_on
        self._focus.leave()
        return was_on

    def _note_panel(self) -> None:
        """Remembers which panel the author has beside the chapters."""
        if self._stage is Stage.CHAPTERS and not self._focus.is_on:
            self.panel = self._side.shown

    @Slot(object)
    def follow_stage(self, stage: Stage) -> None:
        """Gives the whole window to planning; the author's panel returns with the chapters."""
        if not self._window.is_in_studio:
            return
        if stage is not Stage.CHAPTERS:
            self._focus.leave()
        self._fold.unfold()
        self._note_panel()
        self._stage = stage
        self._side.open_panel(self.panel if stage is Stage.CHAPTERS else None)
        self._show_sidebar()
        self._fold_for_candidates()
        self.show_pane_action()

    @Slot()
    def _fold_for_candidates(self) -> None:
        """Gives the whole window to candidates, and later restores what was beside them."""
        if self._stage is not Stage.CHAPTERS or self._focus.is_on:
            return
        shows_candidates = self._window.chapter_stage.shows_candidates
        self._put_pane_away(shows_candidates)
        if shows_candidates:
            self._fold.fold()
        else:
            self._fold.unfold()

    @Slot()
    def _show_sidebar(self) -> None:
        """Hides the tree where the outline shows the same chapters in more detail."""
        is_wanted = self._actions.sidebar.isChecked()
        is_outline = self._window.workspace.stage is Stage.OUTLINE
        self._actions.sidebar.setEnabled(self._window.is_in_studio and not is_outline)
        self._window.project_tree.setVisible(is_wanted and not is_outline)

    def _put_pane_away(self, away: bool) -> None:
        self._window.two_panes.put_away(away)
        self.show_pane_action()

    def show_pane_action(self) -> None:
        """Checks the action of the second pane only while that is visible."""
        panes, action = self._window.two_panes, self._actions.second_pane
        is_here = self._window.workspace.stage is Stage.CHAPTERS
        action.setChecked(panes.is_open and not panes.is_put_away and is_here)
        action.setEnabled(self._window.is_in_studio and not panes.is_put_away)

    @Slot(bool)
    def _set_focus(self, is_on: bool) -> None:
        if not is_on:
            self._focus.leave()
            return
        self._window.show_chapters()
        self._fold.unfold()
        self._note_panel()
        self._focus.enter()

    @Slot(bool)
    def _show_focus(self, is_on: bool) -> None:
        self._actions.focus.setChecked(is_on)
        self._window.chapter_view.set_text_alone(is_on)
        self._put_pane_away(is_on)
        self._side.open_panel(None if is_on else self.panel)
        if is_on:
            self._window.chapter_view.setFocus()
        else:
            self._fold_for_candidates()


class SideFold:
    """Hides both sides, and later restores those that the author has not opened meanwhile."""

    def __init__(self, sidebar: QAction, side: SidePanel) -> None:
        self._sidebar, self._side = sidebar, side
        self._had_sidebar = False
        self._had_panel: Panel | None = None
        self.is_on = False

    def fold(self) -> None:
        """Gives the space of both sides to the page."""
        if self.is_on:
            return
        self.is_on = True
        self._had_sidebar, self._had_panel = self._sidebar.isChecked(), self._side.shown
        self._sidebar.setChecked(False)
        self._side.close_panel()

    def unfold(self) -> None:
        """Restores what was there."""
        if not self.is_on:
            return
        self.is_on = False
        self._sidebar.setChecked(self._had_sidebar or self._sidebar.isChecked())
        if self._side.shown is None:
            self._side.open_panel(self._had_panel)


class FocusMode(QObject):
    """Hides everything around the text, and later restores it."""

    changed = Signal(bool)

    def __init__(self, window: QWidget, around: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window, self._around = window, around
        self._put_away: list[QWidget] = []
        self._state = Qt.WindowState.WindowNoState
        self.is_on = False

    def enter(self) -> None:
        """Hides everything but the text."""
        if self.is_on:
            return
        self.is_on = True
        self._state = self._window.windowState()
        self._put_away = [part for part in self._around if not part.isHidden()]
        for part in self._put_away:
            part.hide()
        self._window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        self.changed.emit(True)

    def leave(self) -> None:
        """Restores the window."""
        if not self.is_on:
            return
        self.is_on = False
        for part in self._put_away:
            part.show()
        self._window.setWindowState(self._state)
        self.changed.emit(False)
