"""The window: the layout of its parts, and which of them are visible.

They are connected elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStatusBar, QWidget

from arboris_desktop.domain.novel import ParagraphStyle
from arboris_desktop.ui.actions import Actions
from arboris_desktop.ui.edit_menu import EditMenu
from arboris_desktop.ui.frame.badge_button import BadgeButton
from arboris_desktop.ui.frame.centre import Centre
from arboris_desktop.ui.frame.lazy_parts import LazyParts
from arboris_desktop.ui.frame.menus import Menus
from arboris_desktop.ui.frame.side_panel import Panel, SidePanel
from arboris_desktop.ui.frame.top_bar import TopBar
from arboris_desktop.ui.frame.visibility import PartVisibility
from arboris_desktop.ui.frame.window_look import WindowLook
from arboris_desktop.ui.frame.write_button import WriteButton
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.novels.project_tree import ProjectTree
from arboris_desktop.ui.novels.start_page import StartPage
from arboris_desktop.ui.pane_keys import PaneKeys
from arboris_desktop.ui.revision.revision_menu import RevisionMenu
from arboris_desktop.ui.tasks.queue_banner import QueueBanner
from arboris_desktop.ui.tasks.strip import ActivityStrip
from arboris_desktop.ui.updates.banner import UpdateBanner
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_title
from arboris_desktop.ui.work.lazy import Lazy
from arboris_desktop.ui.workspace import Stage, Workspace
from arboris_desktop.ui.writing_aid_actions import WritingAidActions

if TYPE_CHECKING:
    from arboris_desktop.ui.frame.chapter_parts import ChapterParts

_TITLE_BAR = 40
"""Pixels that a desktop typically adds to the height of a window."""

_TOLD_FOR_MS = 8000
_READ_MS = 150
"""Milliseconds in which somebody who has just looked up reads a letter."""


class MainWindow(Translated, LazyParts):
    """Composes the parts. Those that a novel needs are made with the first one."""

    close_requested = Signal()
    """The author closed the window; the listener decides between hiding and quitting."""

    start_page_shown = Signal()

    def __init__(self, settings: QSettings, status_bar: QStatusBar) -> None:
        super().__init__()
        self._novel_title = ""
        self.setWindowIcon(icon("app"))
        self.actions_ = Actions(self)
        self.start_page = StartPage()
        self.project_tree = ProjectTree()
        self.chapter_parts = Lazy(self._make_chapter_parts)
        self.activity_strip = ActivityStrip()
        self.queue_banner = QueueBanner()
        self.queue_banner.hide()
        self.update_banner = UpdateBanner()
        self.workspace = Workspace()
        self.side = SidePanel()
        self.edit_menu = EditMenu(self)
        self.revision_menu = RevisionMenu(self)
        self.side.expect_panels(self)
        self.side.when_made(Panel.ACTIVITY, lambda panel: panel.offer_analysis(self.is_in_studio))
        self._build_bar()
        self._build_centre()
        self._menus = Menus(
            self.menuBar(),
            self.actions_,
            self.edit_menu,
            self.revision_menu,
            self.side,
            self.workspace.actions,
        )
        self._connect()
        self._show_title()
        self.setStatusBar(status_bar)
        around = (self.menuBar(), self.top_bar, status_bar, self.project_tree, self.centre.foot)
        self._visibility = PartVisibility(self, around)
        self.resize(1360, 860)
        self._look = WindowLook(self, settings, self.writing_aids, self.centre.splitters)
        self._visibility.panel = self._look.restore()

    def _make_chapter_parts(self) -> ChapterParts:
        from arboris_desktop.ui.frame.chapter_parts import ChapterParts

        return ChapterParts(self)

    # --- the places of the parts ---

    def _build_bar(self) -> None:
        actions, side = self.actions_, self.side
        ways = [
            actions.generate,
            actions.continue_here,
            self.revision_menu.menuAction(),
            actions.write_many,
            actions.inspect,
        ]
        self.codex_button = BadgeButton(side.action(Panel.CODEX))
        self.activity_button = BadgeButton(side.action(Panel.ACTIVITY))
        self.top_bar = TopBar(
            actions.home,
            self.workspace.bar,
            WriteButton(ways, actions.stop),
            (self.codex_button, BadgeButton(side.action(Panel.SEARCH)), self.activity_button),
        )
        self.top_bar.hide()

    def _build_centre(self) -> None:
        self.workspace.expect_pages()
        self.centre = Centre(
            self.start_page,
            self.project_tree,
            self.workspace,
            self.side,
            across=(self.queue_banner, self.update_banner, self.top_bar),
            below=self.activity_strip,
        )
        self.setCentralWidget(self.centre)

    def _panes(self) -> list[QWidget]:
        """The panes that the keyboard cycles through, in reading order."""
        chapters = self.chapter_parts.made
        page = chapters.view if chapters and chapters.view.isVisible() else self.workspace
        beside: list[QWidget] = []
        if chapters and chapters.panes.is_open:
            beside += [self.second_pane, chapters.panes.edge]
        if self.side.shown is not None:
            beside.append(self.side)
        return [self.project_tree, page, self.start_page, *beside, self.statusBar()]

    def _connect(self) -> None:
        actions, edit = self.actions_, self.edit_menu
        self.project_tree.chapter_opened.connect(self.leave_planning)
        self.writing_aids = WritingAidActions(self)
        panes = PaneKeys(self, self._panes)
        actions.next_pane.triggered.connect(panes.go_on)
        actions.previous_pane.triggered.connect(panes.go_back)
        # The shortcuts of a hidden menu bar would not work.
        keyed = (
            *vars(actions).values(),
            *edit.actions(),
            *self.revision_menu.actions(),
            *(self.side.action(panel) for panel in Panel),
        )
        self.addActions([each for each in keyed if _is_key_of_window(each)])

    def _show_title(self) -> None:
        title = self.tr("Arboris Desktop")
        if self._novel_title:
            title = self.tr("{title} — Arboris Desktop").format(
                title=plain_title(self._novel_title)
            )
        self.setWindowTitle(title)
        self.top_bar.show_title(self._novel_title)

    def _retranslate(self) -> None:
        self.actions_.retranslate()
        self._menus.retranslate()
        self._show_title()

    def show_paragraphs(self, style: ParagraphStyle) -> None:
        """Sets how paragraphs are separated wherever the open novel's text is shown."""
        self.chapter_view.set_paragraph_style(style)
        self.chapter_stage.set_paragraph_style(style)
        self.actions_.paragraphs.show_style(style)

    def show_start_page(self) -> None:
        """Shows the list of novels."""
        self._visibility.leave_studio()
        self.centre.show_studio(False)
        self._offer_novel(False)
        self.top_bar.hide()
        self._novel_title = ""
        self._show_title()
        self.start_page_shown.emit()

    def show_studio(self, title: str) -> None:
        """Shows the open novel."""
        if not self.is_in_studio:
            # Until there is a page to write on: Qt would focus the field that filters chapters.
            self.setFocus()
            self.centre.show_studio(True)
            self._offer_novel(True)
            self.top_bar.show()
            self._visibility.follow_stage(self.workspace.stage)
        self._novel_title = title
        self._show_title()

    def forget_novel(self) -> None:
        """Shows nothing of the previous novel any more."""
        self.project_tree.show_nothing()
        self._novel_title = ""
        self._show_title()

    @property
    def is_in_studio(self) -> bool:
        """True if a novel is open."""
        return self.centre.shows_studio

    def _offer_novel(self, is_open: bool) -> None:
        """Enables the actions of a novel, at every stage."""
        beside = (self.side.action(panel) for panel in Panel if panel is not Panel.ACTIVITY)
        for action in (
            *self.actions_.of_novel,
            self.revision_menu.menuAction(),
            *self.workspace.actions(),
            *beside,
        ):
            action.setEnabled(is_open)
        if "task_panel" in vars(self):
            self.task_panel.offer_analysis(is_open)
        self.edit_menu.offer_chapter(is_open)

    # --- what is in sight ---

    @Slot()
    def show_chapters(self) -> None:
        """Shows the text of chapters."""
        self.workspace.show_stage(Stage.CHAPTERS)

    @Slot()
    def leave_planning(self) -> None:
        """Shows the text of a selected chapter, unless the stage of reviews shows it already."""
        if self.workspace.stage not in (Stage.CHAPTERS, Stage.REVIEW):
            self.show_chapters()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves focus mode on an Escape that nothing else handled."""
        if event.key() != Qt.Key.Key_Escape or not self._visibility.leave_focus():
            super().keyPressEvent(event)

    def open_second_pane(self, pane: QWidget) -> None:
        """Shows the second pane."""
        self.two_panes.open_second(pane)
        self._visibility.show_pane_action()

    def close_second_pane(self) -> None:
        """Closes the second pane."""
        self.two_panes.close_second()
        self._visibility.show_pane_action()

    @Slot()
    def show_notifications(self) -> None:
        """Shows the unread notifications."""
        self.show_tasks()
        self.task_panel.show_unread()

    @Slot()
    def show_revision(self) -> None:
        """Shows the panel of the revised passage."""
        self.side.open_panel(Panel.REVISION)

    @Slot()
    def show_search(self) -> None:
        """Shows the search in the book, beside the text."""
        self.leave_planning()
        self.side.open_panel(Panel.SEARCH)

    @Slot()
    def show_snapshots(self) -> None:
        """Shows the snapshots of the chapter."""
        self.side.open_panel(Panel.VERSIONS)

    @Slot()
    def show_comments(self) -> None:
        """Shows the comments, beside the text."""
        self.leave_planning()
        self.side.open_panel(Panel.COMMENTS)

    @Slot(int)
    def show_entry(self, entry_id: int) -> None:
        """Shows an entry of the codex, beside the text."""
        self.leave_planning()
        self.side.open_panel(Panel.CODEX)
        self.codex_panel.show_entry(entry_id)

    @Slot()
    def show_tasks(self) -> None:
        """Shows the background work."""
        self.side.open_panel(Panel.ACTIVITY)
        self.task_panel.setFocus()

    def tell(self, words: str) -> None:
        """Shows a message in the status bar, longer messages for a longer time."""
        self.statusBar().showMessage(words, max(_TOLD_FOR_MS, len(words) * _READ_MS))

    def raise_window(self) -> None:
        """Raises the window, from the tray or for a second start."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def save_state(self) -> None:
        """Stores size, position and panels for the next start."""
        self._visibility.settle()
        self._look.save(self._visibility.panel)

    def fit_to(self, screen: QSize) -> None:
        """Maximises the window on a screen that is too small for it; call it before it is shown."""
        if self.width() <= screen.width() and self.height() + _TITLE_BAR <= screen.height():
            return
        # The size when it is no longer maximised.
        self.resize(self.size().boundedTo(screen * 0.9))
        self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaves the decision to the studio."""
        event.ignore()
        self.close_requested.emit()


def _is_key_of_window(action: object) -> bool:
    if not isinstance(action, QAction) or action.shortcut().isEmpty():
        return False
    return action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
