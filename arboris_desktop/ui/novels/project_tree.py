"""The novel at the left of the window: its volumes and chapters, and its progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.novel import ChapterOverview, NovelProject, Volume
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.novels.chapter_delegate import ChapterDelegate
from arboris_desktop.ui.novels.chapter_filter import ChapterFilter
from arboris_desktop.ui.novels.chapter_rows import MOST_SIDE_BY_SIDE, arranged
from arboris_desktop.ui.novels.chapter_tree_model import ChapterTreeModel, TreeRole
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.keyed_tree import WantedTree
from arboris_desktop.ui.widgets.thin_bar import ThinBar
from arboris_desktop.ui.wording import OWN_STATUS_ICONS, own_status_words, words

_LEAST_WIDTH = 200


class ProjectTree(Translated, QWidget):
    """Shows a novel, and requests that chapters be opened, written or analysed."""

    chapter_opened = Signal(int)
    chapter_entered = Signal()
    """The author wants to type in the chapter that was just opened, by Enter or a double click."""
    second_pane_requested = Signal(int)
    """A chapter should be shown beside the open one."""
    generate_requested = Signal(int)
    stop_requested = Signal(int)
    """The model should stop writing this chapter; others continue."""
    analyse_requested = Signal(int)
    outline_requested = Signal()
    add_chapter_requested = Signal()
    own_status_chosen = Signal(int, object)
    """A chapter, and its new ``OwnStatus``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: NovelProject | None = None
        self._chapters: Sequence[ChapterOverview] = ()
        self._model = ChapterTreeModel(self)
        self._build_view()
        self._build_actions()
        self._build_head()
        self._lay_out()
        self._retranslate()

    @property
    def model(self) -> ChapterTreeModel:
        """The model of volumes and chapters."""
        return self._model

    def show_novel(
        self,
        project: NovelProject,
        volumes: Sequence[Volume],
        chapters: Sequence[ChapterOverview],
        tree: WantedTree | None = None,
    ) -> None:
        """Shows a novel, or its changes if it is shown already.

        ``tree`` is built from volumes and chapters if it is not given.
        """
        another = self._project is None or project.id != self._project.id
        self._project, self._chapters = project, chapters
        self._show_progress(project, chapters)
        if another:
            self._filter.clear()
            self.show_status(None)
            self._model.set_contents([], [])
        self._model.set_tree(tree or arranged(volumes, chapters))
        self._list.setCurrentWidget(self._view if volumes or chapters else self._empty)

    def show_changes(
        self,
        project: NovelProject,
        chapters: Sequence[ChapterOverview],
        changed: Iterable[ChapterOverview],
    ) -> None:
        """Updates the novel's chapters, all of which stay where they are."""
        self._project, self._chapters = project, chapters
        self._show_progress(project, chapters)
        self._model.update_chapters(changed)

    def show_nothing(self) -> None:
        """Shows no novel."""
        self._project, self._chapters = None, ()
        self._filter.clear()
        self._progress.set_text("")
        self._bar.setValue(0)
        self._model.set_contents([], [])

    def set_writing(self, chapter_ids: Set[int]) -> None:
        """Marks the chapters that are being written; they cannot be generated meanwhile."""
        self._model.set_writing(chapter_ids)

    def select_chapter(self, chapter_id: int) -> None:
        """Selects a chapter and scrolls to it, without opening it."""
        index = self._model.index_of(chapter_id)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._view.selectionModel().setCurrentIndex(index, flags)
            self._view.scrollTo(index)

    def selected_chapter(self) -> int | None:
        """The selected chapter."""
        chapter_id = self._view.currentIndex().data(TreeRole.CHAPTER_ID)
        return None if chapter_id is None else int(chapter_id)

    def _build_view(self) -> None:
        self._empty = EmptyState("chapter-planned")
        self._empty.pressed.connect(self.add_chapter_requested)
        self._view = QTreeView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(ChapterDelegate(self._view))
        self._view.setHeaderHidden(True)
        self._view.setUniformRowHeights(True)
        self._view.setIndentation(14)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setObjectName("bare")
        self._view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self._view.setExpandsOnDoubleClick(True)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.clicked.connect(self._open)
        self._view.activated.connect(self._enter)
        self._model.modelReset.connect(self._unfold)
        self._model.rowsInserted.connect(self._expand_inserted)

    def _build_actions(self) -> None:
        self._open_action = self._action("book", self._open_current)
        self._second_pane_action = self._action("panes", self._open_in_second_pane)
        self._second_pane_action.setShortcut(QKeySequence("Ctrl+Return"))
        self._second_pane_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._view.addAction(self._second_pane_action)
        self._generate_action = self._action("write", self._generate_current)
        self._stop_action = self._action("stop", self._stop_current)
        self._analyse_action = self._action("chapter-analysing", self._analyse_current)
        self._add_action = self._action("new", self.add_chapter_requested.emit)
        self._outline_action = self._action("volume", self.outline_requested.emit)

    def _action(self, icon_name: str, slot: Callable[[], object]) -> QAction:
        action = QAction(icon(icon_name), "", self)
        action.triggered.connect(slot)
        return action

    def _retranslate(self) -> None:
        self._open_action.setText(self.tr("Open"))
        self._second_pane_action.setText(self.tr("Open in the second pane"))
        self._generate_action.setText(self.tr("Generate chapter"))
        self._stop_action.setText(self.tr("Stop writing"))
        self._analyse_action.setText(self.tr("Analyse chapter"))
        self._add_action.setText(self.tr("Add chapter"))
        self._outline_action.setText(self.tr("Edit plan"))
        self._empty.set_text(
            self.tr("No chapter yet. Plan them at the stage Outline, or add one yourself.")
        )
        self._empty.set_button(self.tr("Add chapter"))
        self._view.setAccessibleName(self.tr("Volumes and chapters"))
        self._filter.setPlaceholderText(self.tr("Find a chapter"))
        self._filter.setAccessibleName(self.tr("Find a chapter"))
        self._name_filter()
        self._progress.setAccessibleName(self.tr("Progress of the novel"))
        self._bar.setAccessibleName(self.tr("Chapters written"))
        self._model.retranslate()
        if self._project is not None:
            self._show_progress(self._project, self._chapters)

    def _build_head(self) -> None:
        self._filter = QLineEdit()
        self._filter.setClearButtonEnabled(True)
        self._sieve = ChapterFilter(self._filter, self._view, self._model)
        self._by_status = self._filter.addAction(
            icon("filter"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._by_status.triggered.connect(self._choose_filter)
        self._progress = ElidedLabel()
        muted(self._progress)
        self._bar = ThinBar()

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 6)
        head.addWidget(self._filter)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 8, 14, 0)
        foot.setSpacing(4)
        foot.addWidget(self._bar)
        foot.addWidget(self._progress)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 2, 8, 4)
        buttons.addWidget(self._button(self._add_action))
        buttons.addWidget(self._button(self._outline_action))
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        self._list = QStackedWidget()
        self._list.addWidget(self._empty)
        self._list.addWidget(self._view)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)
        layout.addLayout(buttons)
        self.setMinimumWidth(_LEAST_WIDTH)

    def _show_progress(self, project: NovelProject, chapters: Sequence[ChapterOverview]) -> None:
        written = [each for each in chapters if each.is_written]
        length = words(sum(each.word_count for each in written), project.language)
        text = self.tr("{written} of {all} chapters · {length}")
        self._progress.set_text(text.format(written=len(written), all=len(chapters), length=length))
        self._bar.setMaximum(max(1, len(chapters)))
        self._bar.setValue(len(written))

    @Slot()
    def _unfold(self) -> None:
        """Expands all, unless there is too much to lay out quickly."""
        if self._model.size <= MOST_SIDE_BY_SIDE:
            self._view.expandAll()

    @Slot(QModelIndex, int, int)
    def _expand_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        if not parent.isValid() and self._model.size <= MOST_SIDE_BY_SIDE:
            for row in range(first, last + 1):
                self._view.expand(self._model.index(row, 0))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        chapter_id = index.data(TreeRole.CHAPTER_ID)
        if chapter_id is not None:
            self.chapter_opened.emit(chapter_id)

    @Slot(QModelIndex)
    def _enter(self, index: QModelIndex) -> None:
        self._open(index)
        if index.data(TreeRole.CHAPTER_ID) is not None:
            self.chapter_entered.emit()

    def _open_current(self) -> None:
        self._open(self._view.currentIndex())

    def _open_in_second_pane(self) -> None:
        chapter_id = self.selected_chapter()
        if chapter_id is not None:
            self.second_pane_requested.emit(chapter_id)

    def _generate_current(self) -> None:
        chapter_id = self.selected_chapter()
        if chapter_id is not None:
            self.generate_requested.emit(chapter_id)

    def _stop_current(self) -> None:
        chapter_id = self.selected_chapter()
        if chapter_id is not None:
            self.stop_requested.emit(chapter_id)

    def _analyse_current(self) -> None:
        chapter_id = self.selected_chapter()
        if chapter_id is not None:
            self.analyse_requested.emit(chapter_id)

    @Slot(QPoint)
    def _show_menu(self, position: QPoint) -> None:
        index = self._view.indexAt(position)
        menu = self._menu_for(index)
        menu.popup(self._view.viewport().mapToGlobal(position))

    def _status_menu(self, chapter: ChapterOverview, parent: QMenu) -> QMenu:
        menu = QMenu(self.tr("My Status"), parent)
        for status in OwnStatus:
            action = _status_action(menu, status, own_status_words(status))
            action.setChecked(status is chapter.own_status)
            action.triggered.connect(
                lambda _checked=False, status=status: self.own_status_chosen.emit(
                    chapter.id, status
                )
            )
        return menu

    @Slot()
    def _choose_filter(self) -> None:
        """Offers to show chapters of one status only."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for status in (None, *OwnStatus):
            words = self.tr("Any status") if status is None else own_status_words(status)
            action = _status_action(menu, status, words)
            action.setChecked(status is self._sieve.status)
            action.triggered.connect(lambda _checked=False, status=status: self.show_status(status))
        menu.popup(self._filter.mapToGlobal(QPoint(0, self._filter.height())))

    def show_status(self, status: OwnStatus | None) -> None:
        """Shows chapters with this status, or any."""
        self._sieve.set_status(status)
        name = "filter" if status is None else OWN_STATUS_ICONS.get(status, "close")
        self._by_status.setIcon(icon(name))
        self._name_filter()

    def _name_filter(self) -> None:
        status = self._sieve.status
        shown = self.tr("Filter by status")
        if status is not None:
            shown = self.tr("Only: {status}").format(status=own_status_words(status))
        self._by_status.setText(shown)
        self._by_status.setToolTip(shown)

    def _menu_for(self, index: QModelIndex) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chapter = index.data(TreeRole.OVERVIEW)
        if isinstance(chapter, ChapterOverview):
            self._view.setCurrentIndex(index)
            menu.addAction(self._open_action)
            menu.addAction(self._second_pane_action)
            is_writing = self._model.is_writing(chapter.id)
            menu.addAction(self._stop_action if is_writing else self._generate_action)
            if chapter.is_written:
                menu.addAction(self._analyse_action)
            menu.addMenu(self._status_menu(chapter, menu))
            menu.addSeparator()
        menu.addActions([self._add_action, self._outline_action])
        return menu


def _status_action(menu: QMenu, status: OwnStatus | None, words: str) -> QAction:
    action = menu.addAction(words)
    action.setCheckable(True)
    if status:
        action.setIcon(icon(OWN_STATUS_ICONS[status]))
    return action
