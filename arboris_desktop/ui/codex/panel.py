"""The codex: what the book has established about people, the world and the plot."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSplitter,
    QStackedLayout,
    QTabBar,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.codex import WORLD_KINDS, EntryKind
from arboris_desktop.domain.codex_overview import CodexOverview
from arboris_desktop.ui.codex.details import CodexDetails
from arboris_desktop.ui.codex.entry_model import CodexColumn, CodexModel
from arboris_desktop.ui.codex.review_list import ReviewList
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.icons import icon

_TABS = (
    (EntryKind.CHARACTER,),
    WORLD_KINDS,
    (EntryKind.FORESHADOWING,),
)
_REVIEW = len(_TABS)


class CodexPanel(Translated, QWidget):
    """Shows the codex it is given, and reports what the author wants done with it."""

    add_requested = Signal(object)
    """The ``EntryKind`` of the open tab."""

    waiting_changed = Signal(int)
    """The number of findings and alerts that wait for the author."""
    history_requested = Signal()
    analysis_requested = Signal()
    """Chapters should be analysed, which fills the codex."""
    table_wanted = Signal()
    """The codex should be exported as a table."""
    table_offered = Signal()
    """Entries should be imported from a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview = CodexOverview("")
        self._chosen: dict[int, int] = {}
        """The last selected entry of each tab, by id."""
        self._model = CodexModel(self)
        self._tabs = self._make_tabs()
        self._list = self._make_list()
        self.details = CodexDetails()
        self.review = ReviewList()
        self._empty = EmptyState("book")
        self._empty.pressed.connect(self.analysis_requested)
        self._add = self._make_button("new")
        self._add.clicked.connect(lambda: self.add_requested.emit(self._kind()))
        self._history = self._make_button("history")
        self._history.clicked.connect(self.history_requested)
        self._table = self._make_button("export")
        self._table.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._table)
        self._write_table = menu.addAction("", self.table_wanted.emit)
        self._take_table = menu.addAction("", self.table_offered.emit)
        self._table.setMenu(menu)
        self._lay_out()
        self._retranslate()
        self._show_tab()

    def show_overview(self, overview: CodexOverview) -> None:
        """Shows this, keeping tab, selection and position as far as possible."""
        if overview.project_id != self._overview.project_id:
            self._chosen.clear()
        self._overview = overview
        self.review.show_overview(overview)
        self._retranslate_review()
        self._show_tab()

    def show_entry(self, entry_id: int) -> None:
        """Shows an entry, if there is one of that number."""
        for entry in self._overview.entries:
            if entry.id == entry_id:
                tab = next(tab for tab, kinds in enumerate(_TABS) if entry.kind in kinds)
                self._chosen[tab] = entry_id
                self._tabs.setCurrentIndex(tab)
                self._show_tab()

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        for _ in (*_TABS, _REVIEW):
            tabs.addTab("")
        tabs.setDrawBase(False)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideRight)
        tabs.currentChanged.connect(self._show_tab)
        return tabs

    def _make_list(self) -> QTreeView:
        view = QTreeView()
        view.setObjectName("roomy")
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setHeaderHidden(True)
        view.setUniformRowHeights(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(CodexColumn.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(CodexColumn.KNOWN, QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(0)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        self._model.dataChanged.connect(self._show_current)
        return view

    def _make_button(self, icon_name: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(icon(icon_name))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._list)
        split.addWidget(self.details)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 2)
        split.setSizes([170, 400])
        bottom = QHBoxLayout()
        bottom.addWidget(self._add)
        bottom.addStretch(1)
        bottom.addWidget(self._table)
        bottom.addWidget(self._history)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._tabs)
        # A page that is added before the layout has its place would appear as a window.
        self._pages = QStackedLayout()
        layout.addLayout(self._pages, 1)
        for page in (self._empty, split, self.review):
            self._pages.addWidget(page)
        self._entries_page = split
        layout.addLayout(bottom)
        self.setFocusProxy(self._list)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Codex"))
        self._tabs.setAccessibleName(self.tr("Kind of entries"))
        self._list.setAccessibleName(self.tr("Entries"))
        names = (self.tr("Characters"), self.tr("World"), self.tr("Foreshadowing"))
        for tab, name in enumerate(names):
            self._tabs.setTabText(tab, name)
        self._retranslate_review()
        self._add.setText(self.tr("Add entry…"))
        self._add.setToolTip(self.tr("Add an entry of your own"))
        self._history.setText(self.tr("History…"))
        self._history.setToolTip(self.tr("What was changed in the codex, and undoing it"))
        self._table.setText(self.tr("Table"))
        self._table.setToolTip(self.tr("The codex as a table for spreadsheets"))
        self._write_table.setText(self.tr("Export as CSV…"))
        self._take_table.setText(self.tr("Import entries…"))
        self._model.retranslate()

    def _retranslate_review(self) -> None:
        counts = self._overview.counts
        unproven = counts.low_confidence + counts.to_check + counts.unsupported
        facts = counts.proposed + unproven + counts.stale
        waiting = facts + counts.open_alerts
        self.waiting_changed.emit(waiting)
        text = self.tr("To check {count}") if waiting else self.tr("To check")
        self._tabs.setTabText(_REVIEW, text.format(count=waiting))
        self._tabs.setTabToolTip(
            _REVIEW,
            self.tr("Contradictions and findings that wait for you")
            if waiting
            else self.tr("Nothing waits for you"),
        )

    def _kind(self) -> EntryKind:
        """The kind of entry of the open tab."""
        tab = self._tabs.currentIndex()
        return _TABS[tab][0] if tab < _REVIEW else EntryKind.CHARACTER

    @Slot()
    def _show_tab(self) -> None:
        tab = self._tabs.currentIndex()
        if tab == _REVIEW:
            waits = bool(self.review.fact_cards() or self.review.alert_cards())
            self._show_page(self.review if waits else self._empty)
            return
        chosen = self._chosen.get(tab)
        shown = [entry for entry in self._overview.entries if entry.kind in _TABS[tab]]
        self._model.set_entries(shown, self._overview.seeds)
        self._show_page(self._entries_page if shown else self._empty)
        if shown:
            self._list.setCurrentIndex(self._model.index(self._model.row_of(chosen) or 0, 0))
        self._show_current()

    def _show_page(self, page: QWidget) -> None:
        if page is self._empty:
            self._empty.set_text(self._nothing())
            is_review = self._tabs.currentIndex() == _REVIEW
            self._empty.set_button("" if is_review else self.tr("Analyse chapters…"))
        self._pages.setCurrentWidget(page)

    def _nothing(self) -> str:
        if self._tabs.currentIndex() == _REVIEW:
            return self.tr(
                "Nothing waits for you. Contradictions, and findings of which the analysis is "
                "not certain, are listed here for you to decide."
            )
        return self.tr(
            "Nothing yet. What a chapter establishes is entered here when it has been "
            "analysed, each fact with the words that prove it."
        )

    @Slot(QModelIndex)
    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._chosen[self._tabs.currentIndex()] = self._model.entry(current.row()).id
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        current = self._list.currentIndex()
        entry = self._model.entry(current.row()) if current.isValid() else None
        seed = None
        if entry is not None:
            seed = next((seed for seed in self._overview.seeds if seed.entry.id == entry.id), None)
        self.details.show_entry(entry, seed)
