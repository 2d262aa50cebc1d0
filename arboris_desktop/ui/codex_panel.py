"""The codex: what the book has established about people, the world and what is to come."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QStackedLayout,
    QTabBar,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.ui.codex_details import CodexDetails
from arboris_desktop.ui.codex_model import CodexColumn, CodexModel
from arboris_desktop.ui.empty_state import EmptyState

_TABS = (
    frozenset({EntryKind.CHARACTER}),
    frozenset({EntryKind.LOCATION, EntryKind.FACTION, EntryKind.ITEM, EntryKind.RULE}),
    frozenset({EntryKind.FORESHADOWING}),
)


class CodexPanel(QWidget):
    """Shows the entries it is given; activating a fact asks for its place in the book."""

    fact_opened = Signal(object)
    """The ``CodexFact`` to go to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[CodexEntry] = []
        self._chosen: dict[int, int] = {}
        """From the tab to the id of the entry that was last chosen in it."""
        self._model = CodexModel(self)
        self._tabs = self._make_tabs()
        self._list = self._make_list()
        self._details = CodexDetails()
        self._details.fact_opened.connect(self.fact_opened)
        self._empty = EmptyState("book")
        self._lay_out()
        self._retranslate()
        self._show_tab()

    def show_entries(self, entries: list[CodexEntry]) -> None:
        """Shows these, keeping tab, selection and place as far as they still exist."""
        self._entries = list(entries)
        self._show_tab()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        for _ in _TABS:
            tabs.addTab("")
        tabs.setDrawBase(False)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideRight)
        tabs.currentChanged.connect(self._show_tab)
        return tabs

    def _make_list(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setHeaderHidden(True)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(CodexColumn.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(CodexColumn.KNOWN, QHeaderView.ResizeMode.ResizeToContents)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        self._model.dataChanged.connect(self._show_current)
        return view

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._list)
        split.addWidget(self._details)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 2)
        split.setSizes([170, 400])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._tabs)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(split)
        layout.addLayout(self._pages, 1)
        self.setFocusProxy(self._list)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Codex"))
        self._tabs.setAccessibleName(self.tr("Kind of entries"))
        self._list.setAccessibleName(self.tr("Entries"))
        names = (self.tr("Characters"), self.tr("World"), self.tr("Foreshadowing"))
        for tab, name in enumerate(names):
            self._tabs.setTabText(tab, name)
        self._empty.set_text(
            self.tr(
                "Nothing yet. What a chapter establishes is entered here when it has been "
                "analysed, each fact with the words that prove it."
            )
        )
        self._model.retranslate()

    @Slot()
    def _show_tab(self) -> None:
        tab = self._tabs.currentIndex()
        chosen = self._chosen.get(tab)
        shown = [entry for entry in self._entries if entry.kind in _TABS[tab]]
        self._model.set_entries(shown)
        self._pages.setCurrentIndex(1 if shown else 0)
        if shown:
            self._list.setCurrentIndex(self._model.index(self._model.row_of(chosen) or 0, 0))
        self._show_current()

    @Slot(QModelIndex)
    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._chosen[self._tabs.currentIndex()] = self._model.entry(current.row()).id
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        current = self._list.currentIndex()
        self._details.show_entry(self._model.entry(current.row()) if current.isValid() else None)
