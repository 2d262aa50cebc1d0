"""The window: where the panels are, and the menus. What they do is wired elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QStatusBar,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.ui.actions import Actions
from arboris_desktop.ui.arrivals.bar import ArrivalBar
from arboris_desktop.ui.auto.bar import AutoBar
from arboris_desktop.ui.candidates.chapter_stage import ChapterStage
from arboris_desktop.ui.candidates.page import CandidatePage
from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.codex.panel import CodexPanel
from arboris_desktop.ui.edit_menu import EditMenu
from arboris_desktop.ui.focus_mode import FocusMode
from arboris_desktop.ui.notices.notification_panel import NotificationPanel
from arboris_desktop.ui.novels.project_tree import ProjectTree
from arboris_desktop.ui.novels.start_page import StartPage
from arboris_desktop.ui.pane_keys import PaneKeys
from arboris_desktop.ui.revision.panel import RevisionPanel
from arboris_desktop.ui.revision.revision_menu import RevisionMenu
from arboris_desktop.ui.tasks.panel import TaskPanel
from arboris_desktop.ui.tasks.queue_banner import QueueBanner
from arboris_desktop.ui.updates.banner import UpdateBanner
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.mnemonics import name_on_tool_bar
from arboris_desktop.ui.widgets.plain_text import plain_title
from arboris_desktop.ui.workspace import Stage, Workspace

_ROOM_FOR_TASKS = 800
"""From how many pixels of height on the tasks are shown below the text without being asked for."""


class MainWindow(QMainWindow):
    """Composes the panels."""

    close_requested = Signal()
    """The author closed the window; whoever listens decides between hiding and quitting."""

    start_page_shown = Signal()

    def __init__(self, settings: QSettings, status_bar: QStatusBar) -> None:
        super().__init__()
        self._settings = settings
        self._novel_title = ""
        self._docks_of_chapters: tuple[QDockWidget, ...] | None = None
        self._are_docks_away = True
        self.setWindowIcon(icon("app"))
        self.actions_ = Actions(self)
        self.start_page = StartPage()
        self.project_tree = ProjectTree()
        self.chapter_view = ChapterView()
        self.candidate_page = CandidatePage()
        self.chapter_stage = ChapterStage(self.chapter_view, self.candidate_page)
        self.task_panel = TaskPanel()
        self.notification_panel = NotificationPanel()
        self.codex_panel = CodexPanel()
        self.revision_panel = RevisionPanel()
        self.arrival_bar = ArrivalBar()
        self.auto_bar = AutoBar()
        self.queue_banner = QueueBanner()
        self.queue_banner.hide()
        self.update_banner = UpdateBanner()
        self._build_centre()
        self.codex_dock = self._dock("codex", self.codex_panel)
        self.revision_dock = self._dock("revision", self.revision_panel)
        self.task_dock = self._dock("tasks", self.task_panel)
        self.notification_dock = self._dock("notifications", self.notification_panel)
        self._place_docks()
        self.project_tree.chapter_opened.connect(self.leave_planning)
        self._build_menus()
        self._retranslate()
        self.setStatusBar(status_bar)
        around = (self.menuBar(), self._tool_bar, status_bar, self.project_tree, self.workspace.bar)
        self._focus_mode = FocusMode(self, around)
        self._focus_mode.changed.connect(self._show_focus)
        self.resize(1360, 860)
        self._restore()

    def _build_centre(self) -> None:
        self.workspace = Workspace()
        chapters = QWidget()
        column = QVBoxLayout(chapters)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.arrival_bar)
        column.addWidget(self.auto_bar)
        column.addWidget(self.workspace, 1)
        self.workspace.add_page(Stage.CHAPTERS, self.chapter_stage)
        self.workspace.stage_changed.connect(self._follow_stage)
        self._studio = QSplitter(Qt.Orientation.Horizontal)
        self._studio.addWidget(self.project_tree)
        self._studio.addWidget(chapters)
        self._studio.setStretchFactor(0, 0)
        self._studio.setStretchFactor(1, 1)
        self._studio.setSizes([270, 800])
        self._studio.setChildrenCollapsible(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self._studio)
        self.centre = QWidget()
        layout = QVBoxLayout(self.centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.queue_banner)
        layout.addWidget(self.update_banner)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(self.centre)

    def _dock(self, name: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(self)
        dock.setObjectName(name)
        dock.setWidget(panel)
        return dock

    def _docks(self) -> tuple[QDockWidget, ...]:
        return (self.codex_dock, self.revision_dock, self.notification_dock, self.task_dock)

    def _panes(self) -> list[QWidget]:
        """What the keyboard goes through, in reading order."""
        docks = [dock for dock in self._docks() if not dock.visibleRegion().isEmpty()]
        page = self.chapter_view if self.chapter_view.isVisible() else self.workspace
        return [self.project_tree, page, self.start_page, *docks, self.statusBar()]

    def _place_docks(self) -> None:
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.codex_dock)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.revision_dock)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.notification_dock)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.task_dock)
        self.tabifyDockWidget(self.codex_dock, self.revision_dock)
        self.tabifyDockWidget(self.revision_dock, self.notification_dock)
        self.codex_dock.raise_()
        self.resizeDocks([self.codex_dock], [380], Qt.Orientation.Horizontal)
        self.resizeDocks([self.task_dock], [230], Qt.Orientation.Vertical)

    def _build_menus(self) -> None:
        actions = self.actions_
        self._menus = [self.menuBar().addMenu("") for _ in range(5)]
        self.edit_menu = EditMenu(self)
        self.menuBar().insertMenu(self._menus[1].menuAction(), self.edit_menu)
        edit = self.edit_menu
        edit.find_words.triggered.connect(lambda: self._find(replace=False))
        edit.replace_words.triggered.connect(lambda: self._find(replace=True))
        edit.find_next.triggered.connect(self.chapter_view.find_next)
        edit.find_previous.triggered.connect(lambda: self.chapter_view.find_next(backwards=True))
        novel, chapter, view, queue, help_menu = self._menus
        novel.addActions([actions.home, actions.new_novel])
        novel.addSeparator()
        novel.addActions([actions.import_novel, actions.export_novel])
        novel.addSeparator()
        novel.addActions([actions.back_up, actions.restore_backup])
        novel.addSeparator()
        novel.addActions([actions.details, actions.guide, actions.prompts])
        novel.addSeparator()
        novel.addActions([actions.costs, actions.settings])
        novel.addSeparator()
        novel.addAction(actions.quit)
        chapter.addAction(actions.add_chapter)
        chapter.addSeparator()
        chapter.addActions([actions.generate, actions.write_many, actions.stop, actions.inspect])
        chapter.addSeparator()
        chapter.addAction(actions.continue_here)
        self.chapter_view.add_to_context_menu(actions.continue_here)
        self.revision_menu = RevisionMenu(self)
        chapter.addMenu(self.revision_menu)
        self.chapter_view.add_to_context_menu(self.revision_menu.menuAction())
        chapter.addSeparator()
        chapter.addActions([actions.analyse, actions.analyse_many])
        chapter.addSeparator()
        chapter.addAction(actions.publish)
        self._below_stages = view.addSeparator()
        view.addActions([dock.toggleViewAction() for dock in self._docks()])
        view.addSeparator()
        view.addAction(actions.focus)
        actions.focus.triggered.connect(self._set_focus)
        view.addActions([actions.next_pane, actions.previous_pane])
        panes = PaneKeys(self, self._panes)
        actions.next_pane.triggered.connect(panes.go_on)
        actions.previous_pane.triggered.connect(panes.go_back)
        view.aboutToShow.connect(self._fill_view_menu)
        queue.addAction(actions.pause_queue)
        help_menu.addAction(actions.about)
        self._build_tool_bar()
        # The keys of a menu bar that is put away would do nothing.
        keyed = (*vars(actions).values(), *edit.actions(), *self.revision_menu.actions())
        self.addActions([each for each in keyed if _is_key_of_window(each)])

    @Slot()
    def _fill_view_menu(self) -> None:
        """Stages get their pages after the menus are built, so they are looked up here."""
        view = self._menus[2]
        shown = view.actions()
        missing = [action for action in self.workspace.actions() if action not in shown]
        view.insertActions(self._below_stages, missing)

    def _retranslate(self) -> None:
        self.actions_.retranslate()
        for action in self._tool_bar.actions():
            name_on_tool_bar(action)
        titles = (
            self.tr("&Novel"),
            self.tr("&Chapter"),
            self.tr("&View"),
            self.tr("&Queue"),
            self.tr("&Help"),
        )
        for menu, title in zip(self._menus, titles, strict=True):
            menu.setTitle(title)
        self.codex_dock.setWindowTitle(self.tr("Codex"))
        self.revision_dock.setWindowTitle(self.tr("Revision"))
        self.task_dock.setWindowTitle(self.tr("Analysis tasks"))
        self.notification_dock.setWindowTitle(self.tr("Notifications"))
        self._tool_bar.setWindowTitle(self.tr("Main tool bar"))
        self._show_title()

    def _show_title(self) -> None:
        title = self.tr("Arboris Desktop")
        if self._novel_title:
            title = self.tr("{title} — Arboris Desktop").format(
                title=plain_title(self._novel_title)
            )
        self.setWindowTitle(title)

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build_tool_bar(self) -> None:
        actions = self.actions_
        self._tool_bar = bar = QToolBar(self)
        bar.setObjectName("main")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([actions.home, actions.new_novel])
        bar.addSeparator()
        bar.addActions([actions.generate, actions.stop, actions.analyse])
        self.addToolBar(bar)

    def show_start_page(self) -> None:
        """Shows the list of novels."""
        self._focus_mode.leave()
        self._pages.setCurrentWidget(self.start_page)
        self._offer_novel(False)
        self._put_docks_away()
        self._novel_title = ""
        self._show_title()
        self.start_page_shown.emit()

    def show_studio(self, title: str) -> None:
        """Shows the open novel."""
        if not self.is_in_studio:
            self._pages.setCurrentWidget(self._studio)
            self._offer_novel(True)
            for dock in self._docks():
                dock.hide()
            self._follow_stage(self.workspace.stage)
        self._novel_title = title
        self._show_title()

    def forget_novel(self) -> None:
        """Shows nothing of the novel that was open."""
        self.project_tree.show_nothing()
        self._novel_title = ""
        self._show_title()

    @property
    def is_in_studio(self) -> bool:
        """True if a novel is open."""
        return self._pages.currentWidget() is self._studio

    def _offer_novel(self, is_open: bool) -> None:
        """Enables what can be done to a novel, at whatever stage it is."""
        actions = self.actions_
        for action in (
            actions.export_novel,
            actions.details,
            actions.guide,
            actions.prompts,
            actions.inspect,
            actions.analyse_many,
            actions.write_many,
            actions.add_chapter,
            actions.focus,
            self.revision_menu.menuAction(),
            actions.continue_here,
        ):
            action.setEnabled(is_open)
        self.edit_menu.offer_chapter(is_open)
        for action in self.workspace.actions():
            action.setEnabled(is_open)
        for dock in self._docks():
            dock.toggleViewAction().setEnabled(is_open)

    def _put_docks_away(self) -> None:
        """Hides the docks, and keeps in mind which of them the author has beside the chapters."""
        if not self._are_docks_away:
            self._docks_of_chapters = tuple(d for d in self._docks() if not d.isHidden())
        self._are_docks_away = True
        for dock in self._docks():
            dock.hide()

    def _bring_docks_back(self) -> None:
        docks = self._docks_of_chapters
        if docks is None:
            docks = self._first_docks()
        self._are_docks_away = False
        for dock in docks:
            dock.show()
        if self.codex_dock in docks:
            self.codex_dock.raise_()

    def _first_docks(self) -> tuple[QDockWidget, ...]:
        """The docks beside the chapters, for an author who has decided nothing about them.

        In a low window the tasks stay away: they would leave the text a few lines, or make the
        window taller than the screen. The status bar leads to them.
        """
        has_room = self.height() >= _ROOM_FOR_TASKS
        return tuple(dock for dock in self._docks() if has_room or dock is not self.task_dock)

    @Slot(object)
    def _follow_stage(self, stage: Stage) -> None:
        """Planning has the window to itself; the author's docks come back with the chapters."""
        if not self.is_in_studio:
            return
        if stage is not Stage.CHAPTERS:
            self._focus_mode.leave()
            self._put_docks_away()
        elif self._are_docks_away and not self._focus_mode.is_on:
            self._bring_docks_back()

    @Slot()
    def show_chapters(self) -> None:
        """Brings the text of chapters to the front."""
        self.workspace.show_stage(Stage.CHAPTERS)

    @Slot()
    def leave_planning(self) -> None:
        """A chapter was chosen: shows its text, unless the stage of reviews is about it too."""
        if self.workspace.stage not in (Stage.CHAPTERS, Stage.REVIEW):
            self.show_chapters()

    @Slot(bool)
    def _set_focus(self, is_on: bool) -> None:
        if not is_on:
            self._focus_mode.leave()
            return
        self.show_chapters()
        self._focus_mode.enter()

    @Slot(bool)
    def _show_focus(self, is_on: bool) -> None:
        self.actions_.focus.setChecked(is_on)
        self.chapter_view.set_text_alone(is_on)
        if is_on:
            self._put_docks_away()
            self.chapter_view.setFocus()
        elif self.is_in_studio and self.workspace.stage is Stage.CHAPTERS:
            self._bring_docks_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves focus mode at an Escape that nothing else wanted."""
        if event.key() == Qt.Key.Key_Escape and self._focus_mode.is_on:
            self._focus_mode.leave()
        else:
            super().keyPressEvent(event)

    def _find(self, *, replace: bool) -> None:
        self.leave_planning()
        self.chapter_view.find_words(replace=replace)

    def show_notifications(self) -> None:
        """Brings the notification panel to the front."""
        self.notification_dock.show()
        self.notification_dock.raise_()

    def show_revision(self) -> None:
        """Brings the panel of the revised passage to the front."""
        self.revision_dock.show()
        self.revision_dock.raise_()

    def show_tasks(self) -> None:
        """Brings the task panel to the front."""
        self.task_dock.show()
        self.task_dock.raise_()

    def raise_window(self) -> None:
        """Shows the window in front, from the tray or for a second start."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def save_state(self) -> None:
        """Remembers size, place and docks for the next start."""
        if not Path(self._settings.fileName()).parent.is_dir():
            # The data folder was moved away; nothing is to be made in its place.
            return
        self._focus_mode.leave()
        self._settings.setValue("geometry", self.saveGeometry())
        if not self._are_docks_away:
            self._docks_of_chapters = tuple(d for d in self._docks() if not d.isHidden())
        if self._docks_of_chapters is not None:
            names = ",".join(dock.objectName() for dock in self._docks_of_chapters)
            self._settings.setValue("docks", names)
        self._settings.sync()

    def _restore(self) -> None:
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        names = self._settings.value("docks")
        if isinstance(names, (str, list)):
            kept = names.split(",") if isinstance(names, str) else names
            self._docks_of_chapters = tuple(d for d in self._docks() if d.objectName() in kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaves the decision to the studio."""
        event.ignore()
        self.close_requested.emit()


def _is_key_of_window(action: object) -> bool:
    if not isinstance(action, QAction) or action.shortcut().isEmpty():
        return False
    return action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
