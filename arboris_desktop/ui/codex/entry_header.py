"""The head of an entry: its names, the author's description, and the state of a seed."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.foreshadowing import Seed, SeedState
from arboris_desktop.ui.codex.card_list import heading
from arboris_desktop.ui.codex.words import attribute_value, entry_kind, seed_words
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label, selectable_label
from arboris_desktop.ui.widgets.theme import Tone

_SHOWN_ATTRIBUTES = ("role", "seed_kind")


class SeedChange(StrEnum):
    """A decision that the author can make about a seed."""

    DUE = "due"
    PAID_OFF = "paid_off"
    REOPEN = "reopen"


class EntryHeader(QWidget):
    """Shows an entry without its facts, and the buttons that change it."""

    edit_requested = Signal(object)
    merge_requested = Signal(object)
    seed_changed = Signal(object, object)

    def __init__(
        self, entry: CodexEntry, seed: Seed | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entry = entry
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._make_top())
        layout.addWidget(muted(plain_label(self._subtitle())))
        if entry.description:
            layout.addWidget(selectable_label(entry.description))
        if seed is not None:
            layout.addWidget(self._make_seed(seed))

    def _make_top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(heading(self._entry.name, 2), 1)
        edit = self._button("edit", self.tr("Edit name, other names and notes…"))
        edit.clicked.connect(lambda: self.edit_requested.emit(self._entry))
        merge = self._button("merge", self.tr("Merge with another entry…"))
        merge.clicked.connect(lambda: self.merge_requested.emit(self._entry))
        top.addWidget(edit)
        if self._entry.kind is not EntryKind.FORESHADOWING:
            top.addWidget(merge)
        return top

    def _button(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _subtitle(self) -> str:
        attributes = self._entry.attributes
        shown = (attributes.get(name, "") for name in _SHOWN_ATTRIBUTES)
        parts = [entry_kind(self._entry.kind), *map(attribute_value, filter(None, shown))]
        if self._entry.aliases:
            names = self.tr(", ").join(self._entry.aliases)
            parts.append(self.tr("also {names}").format(names=names))
        return " · ".join(parts)

    def _make_seed(self, seed: Seed) -> QWidget:
        frame = ToneFrame(_SEED_TONES.get(seed.state, Tone.NEUTRAL))
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(plain_label(seed_words(seed)))
        buttons = QHBoxLayout()
        offered = [SeedChange.REOPEN] if seed.state is SeedState.PAID_OFF else []
        for change in offered or [SeedChange.PAID_OFF, SeedChange.DUE]:
            buttons.addWidget(self._make_change(seed, change))
        buttons.addStretch(1)
        layout.addLayout(buttons)
        return frame

    def _make_change(self, seed: Seed, change: SeedChange) -> QPushButton:
        button = QPushButton()
        button.setObjectName(change.value)
        button.setText(
            {
                SeedChange.DUE: self.tr("Due in…"),
                SeedChange.PAID_OFF: self.tr("Paid off"),
                SeedChange.REOPEN: self.tr("Not paid off"),
            }[change]
        )
        button.clicked.connect(lambda: self.seed_changed.emit(seed, change))
        return button


_SEED_TONES = {SeedState.OVERDUE: Tone.WARNING, SeedState.PAID_OFF: Tone.GOOD}
