"""Connects the names of the codex to the text: which are marked, and their cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QToolTip

from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.codex_overview import CodexOverview
from arboris_desktop.text.known_names import KnownNames
from arboris_desktop.ui.codex.words import entry_kind
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.plain_text import plain_tooltip

if TYPE_CHECKING:
    from arboris_desktop.ui.second_pane.pane import SecondPane

_MOST_FACTS = 3
_LONGEST = 240
_UNNAMED = (EntryKind.RULE, EntryKind.FORESHADOWING)
"""Kinds whose names are descriptions, which do not occur in a text."""


class NameDesk(QObject):
    """Marks names in both panes if the author wants it; a card shows what is known."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._entries: dict[int, CodexEntry] = {}
        self._known: KnownNames | None = None
        view = window.chapter_view
        view.card_wanted.connect(self._show_card)
        view.entry_opened.connect(window.show_entry)
        window.actions_.codex_names.toggled.connect(self._mark)

    @Slot(object)
    def follow_pane(self, pane: SecondPane) -> None:
        """Connects the second pane, which gets its marks from the first."""
        pane.editor.card_wanted.connect(self._show_card)
        pane.editor.entry_opened.connect(self._window.show_entry)

    @Slot(object)
    def show_overview(self, overview: CodexOverview) -> None:
        """Follows a change of the codex."""
        self._entries = {each.id: each for each in overview.entries if each.kind not in _UNNAMED}
        self._mark()

    @Slot()
    def _mark(self) -> None:
        names: KnownNames | None = None
        if self._window.actions_.codex_names.isChecked() and self._entries:
            entries = self._entries.values()
            # A primary name takes precedence over another entry's alias.
            by_other = {other: each.id for each in entries for other in each.aliases}
            names = KnownNames(by_other | {each.name: each.id for each in entries})
        if names != self._known:
            self._known = names
            self._window.chapter_view.know_names(names)

    @Slot(int, QPoint)
    def _show_card(self, entry_id: int, place: QPoint) -> None:
        entry = self._entries.get(entry_id)
        if entry is not None:
            QToolTip.showText(place, _card(entry), self._window)


def _card(entry: CodexEntry) -> str:
    """Returns a tool tip with a paragraph for each known thing about an entry."""
    facts = [fact.statement for fact in entry.facts if fact.counts][-_MOST_FACTS:]
    told = [each for each in (entry.description, *facts) if each]
    lines = (f"{entry.name} · {entry_kind(entry.kind)}", *map(_in_short, told))
    return "".join(map(plain_tooltip, lines))


def _in_short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
