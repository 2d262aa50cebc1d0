"""The codex: characters, the world and foreshadowing, each finding with its quotation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QStackedWidget,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind, FactStatus
from arboris_desktop.ui.empty_state import EmptyState
from arboris_desktop.ui.icons import icon
from arboris_desktop.ui.plain_text import plain_tooltip, selectable_label
from arboris_desktop.ui.wording import chapter_name, entry_kind, fact_status

_FACT = Qt.ItemDataRole.UserRole
_ENTRY = Qt.ItemDataRole.UserRole + 1
_TABS = (
    ("character", (EntryKind.CHARACTER,)),
    ("world", (EntryKind.LOCATION, EntryKind.FACTION, EntryKind.ITEM, EntryKind.RULE)),
    ("foreshadowing", (EntryKind.FORESHADOWING,)),
)


class CodexPanel(QWidget):
    """Shows what the analyses found; what lacks evidence stands apart."""

    fact_opened = Signal(object)
    """A ``CodexFact`` whose passage the author wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[CodexEntry] = []
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for icon_name, _kinds in _TABS:
            self._tabs.addTab(icon(icon_name), "")
        self._tabs.currentChanged.connect(self._show)
        self._tree = self._make_tree()
        self._empty = EmptyState("character")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._tree)
        self._details = selectable_label()
        self._details.setContentsMargins(8, 4, 8, 8)
        self._details.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._tabs)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._details)
        self._retranslate()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.itemActivated.connect(self._open)
        tree.itemClicked.connect(self._open)
        tree.currentItemChanged.connect(self._show_details)
        return tree

    def show_entries(self, entries: Sequence[CodexEntry]) -> None:
        """Shows the codex of the open novel; what is unfolded and chosen stays so."""
        self._entries = list(entries)
        self._show()

    def _show(self) -> None:
        kinds = _TABS[self._tabs.currentIndex()][1]
        chosen = [entry for entry in self._entries if entry.kind in kinds]
        unfolded = self._unfolded()
        current = self._current_fact()
        self._tree.clear()
        accepted = [self._entry_item(entry) for entry in chosen if _facts(entry, accepted=True)]
        self._tree.addTopLevelItems(accepted)
        for item in accepted:
            item.setExpanded(item.data(0, _ENTRY) in unfolded or len(accepted) <= 3)
        self._add_doubtful(chosen)
        self._choose(current)
        self._pages.setCurrentWidget(self._tree if chosen else self._empty)

    def _entry_item(self, entry: CodexEntry) -> QTreeWidgetItem:
        names = entry.name + (f" ({', '.join(entry.aliases)})" if entry.aliases else "")
        item = QTreeWidgetItem([names])
        item.setData(0, _ENTRY, entry.id)
        item.setToolTip(0, plain_tooltip(f"{entry_kind(entry.kind)}: {names}"))
        item.addChildren([self._fact_item(fact) for fact in _facts(entry, accepted=True)])
        return item

    def _fact_item(self, fact: CodexFact, entry: CodexEntry | None = None) -> QTreeWidgetItem:
        prefix = f"{entry.name}: " if entry and entry.name != fact.statement else ""
        item = QTreeWidgetItem([f"{fact.chapter_number} · {prefix}{fact.statement}"])
        item.setData(0, _FACT, fact)
        item.setToolTip(0, plain_tooltip(f"{fact.statement}\n“{fact.quotation}”"))
        return item

    def _add_doubtful(self, entries: list[CodexEntry]) -> None:
        doubtful = [
            self._fact_item(fact, entry)
            for entry in entries
            for fact in _facts(entry, accepted=False)
        ]
        if doubtful:
            heading = QTreeWidgetItem([self.tr("Not in the codex: no evidence, or unsure")])
            heading.setIcon(0, icon("warning"))
            heading.setToolTip(
                0,
                self.tr(
                    "The quotation is not in the chapter, or the model was unsure. "
                    "Later chapters are not told of these."
                ),
            )
            heading.setData(0, _ENTRY, 0)
            heading.addChildren(doubtful)
            self._tree.addTopLevelItem(heading)
            heading.setExpanded(self._tree.topLevelItemCount() == 1)

    def _unfolded(self) -> set[int]:
        items = (self._tree.topLevelItem(row) for row in range(self._tree.topLevelItemCount()))
        return {item.data(0, _ENTRY) for item in items if item is not None and item.isExpanded()}

    def _current_fact(self) -> int | None:
        item = self._tree.currentItem()
        fact = item.data(0, _FACT) if item is not None else None
        return fact.id if isinstance(fact, CodexFact) else None

    def _choose(self, fact_id: int | None) -> None:
        for row in range(self._tree.topLevelItemCount()):
            parent = self._tree.topLevelItem(row)
            for child in range(parent.childCount() if parent is not None else 0):
                item = parent.child(child) if parent is not None else None
                fact = item.data(0, _FACT) if item is not None else None
                if item is not None and isinstance(fact, CodexFact) and fact.id == fact_id:
                    self._tree.setCurrentItem(item)
                    return
        self._details.hide()

    def _show_details(self, item: QTreeWidgetItem | None) -> None:
        fact = item.data(0, _FACT) if item is not None else None
        self._details.setVisible(isinstance(fact, CodexFact))
        if isinstance(fact, CodexFact):
            self._details.setText(self._words(fact))

    def _words(self, fact: CodexFact) -> str:
        lines = [
            fact.statement,
            f"“{fact.quotation}”",
            self.tr("{chapter} · {status}, confidence {percent} %").format(
                chapter=chapter_name(fact.chapter_number, fact.chapter_title),
                status=fact_status(fact.status),
                percent=round(fact.confidence * 100),
            ),
        ]
        if fact.reason:
            lines.insert(1, self.tr("Because: {reason}").format(reason=fact.reason))
        return "\n".join(lines)

    def _open(self, item: QTreeWidgetItem) -> None:
        fact = item.data(0, _FACT)
        if isinstance(fact, CodexFact):
            self.fact_opened.emit(fact)

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for index, title in enumerate(
            (self.tr("Characters"), self.tr("World"), self.tr("Foreshadowing"))
        ):
            self._tabs.setTabText(index, title)
        self._tabs.setAccessibleName(self.tr("Parts of the codex"))
        self._tree.setAccessibleName(self.tr("Findings"))
        self._empty.set_text(
            self.tr(
                "Nothing here yet. When a chapter has been analysed, its findings appear here, "
                "each with the sentence that proves it."
            )
        )


def _facts(entry: CodexEntry, *, accepted: bool) -> list[CodexFact]:
    return [f for f in entry.facts if (f.status is FactStatus.ACCEPTED) is accepted]
