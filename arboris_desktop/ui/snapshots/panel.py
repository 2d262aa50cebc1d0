"""Lists the earlier texts of a chapter, shows the differences, and restores all or some of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.text.differences import TextSegment, changes, with_changes
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.revision.hunk_list import HunkList
from arboris_desktop.ui.snapshots.kept_text import KeptText
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.diff_view import DiffView
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_tooltip
from arboris_desktop.ui.widgets.prose_look import ProseLook, StoredText, dress_stored

_FONT_POINTS = 11


class SnapshotPanel(Translated, QWidget):
    """The texts above, and below the differences of one from the present text."""

    take_requested = Signal()
    compare_requested = Signal(object)
    """A ``KeptText`` that was selected."""
    restored = Signal(str)
    """The text as the author wants it."""
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[TextSegment, ...] = ()
        self._texts: Sequence[KeptText] | None = None
        self._take, self._restore, self._remove = QPushButton(), QPushButton(), QPushButton()
        self._list = QListWidget()
        self._list.setAlternatingRowColors(True)
        self._list.setObjectName("roomy")
        self._diff, self._hunks, self._read = DiffView(), HunkList(), StoredText()
        self._empty = EmptyState("chapter-written")
        self._tabs, self._pages, self._whole = QTabWidget(), QStackedWidget(), QSplitter()
        self._below, self._hint = QStackedWidget(), muted(plain_label())
        self._lay_out()
        self._take.clicked.connect(self.take_requested)
        self._empty.pressed.connect(self.take_requested)
        self._list.currentRowChanged.connect(self._choose)
        self._hunks.decisions_changed.connect(self._offer)
        self._restore.clicked.connect(self._ask_to_restore)
        self._remove.clicked.connect(self._ask_to_remove)
        self._retranslate()
        self.show_texts(())

    def show_texts(self, texts: Sequence[KeptText], *, can_take: bool = False) -> None:
        """Lists the texts; the selection stays, and so do the author's ticks if the list is
        unchanged."""
        self._take.setEnabled(can_take)
        self._empty.set_button(self.tr("Take a &Snapshot…"), enabled=can_take)
        self._take.setVisible(bool(texts))
        if texts == self._texts:
            return
        chosen, self._texts = self.chosen(), texts
        self._list.clear()
        for kept in texts:
            item = QListWidgetItem(kept.name, self._list)
            item.setToolTip(plain_tooltip(kept.name))
            item.setData(Qt.ItemDataRole.UserRole, kept)
        self._pages.setCurrentWidget(self._whole if texts else self._empty)
        row = next((n for n, kept in enumerate(texts) if kept == chosen), -1)
        self._list.setCurrentRow(row)
        if row < 0:
            self._show_nothing()

    def chosen(self) -> KeptText | None:
        """The selected text."""
        if self._list.currentRow() < 0:
            return None
        kept = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        return kept if isinstance(kept, KeptText) else None

    def show_difference(
        self, kept: KeptText, segments: tuple[TextSegment, ...], look: ProseLook
    ) -> None:
        """Shows what would change if this text were restored."""
        look = look.sized(_FONT_POINTS)
        self._segments = segments
        self._diff.set_prose_look(look)
        self._read.setFont(look.font())
        self._diff.show_segments(segments)
        self._hunks.show_segments(segments)
        self._read.setPlainText(kept.content)
        dress_stored(self._read, look)
        self._offer()

    def _lay_out(self) -> None:
        self._tabs.addTab(self._diff, "")
        self._tabs.addTab(self._hunks, "")
        self._tabs.addTab(self._read, "")
        buttons = QHBoxLayout()
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        buttons.addWidget(self._restore)
        compared = QWidget()
        rows = QVBoxLayout(compared)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._tabs, 1)
        rows.addLayout(buttons)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._below.addWidget(self._hint)
        self._below.addWidget(compared)
        self._whole.setOrientation(Qt.Orientation.Vertical)
        self._whole.setChildrenCollapsible(False)
        self._whole.addWidget(self._list)
        self._whole.addWidget(self._below)
        self._whole.setStretchFactor(1, 2)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._pages, 1)
        self.setFocusProxy(self._list)

    def _show_nothing(self) -> None:
        self._segments = ()
        self._diff.show_segments(())
        self._hunks.show_segments(())
        self._read.clear()
        self._below.setCurrentWidget(self._hint)
        self._offer()

    @Slot(int)
    def _choose(self, row: int) -> None:
        self._show_nothing()
        kept = self.chosen()
        if row >= 0 and kept is not None:
            self._below.setCurrentIndex(1)
            self.compare_requested.emit(kept)

    @Slot()
    def _offer(self) -> None:
        total, taken = len(changes(self._segments)), len(self._taken())
        kept = self.chosen()
        self._restore.setEnabled(taken > 0)
        self._remove.setEnabled(kept is not None and kept.snapshot_id is not None)
        some = self.tr("Restore %n passage(s)", "", taken)
        self._restore.setText(some if 0 < taken < total else self.tr("Restore All"))

    def _taken(self) -> Collection[int]:
        return self._hunks.accepted()

    @Slot()
    def _ask_to_restore(self) -> None:
        self.restored.emit(with_changes(self._segments, self._taken()))

    @Slot()
    def _ask_to_remove(self) -> None:
        kept = self.chosen()
        if kept is not None and kept.snapshot_id is not None:
            self.removed.emit(kept.snapshot_id)

    def _retranslate(self) -> None:
        self._take.setText(self.tr("Take a &Snapshot…"))
        self._remove.setText(self.tr("Forget"))
        self._list.setAccessibleName(self.tr("Earlier texts of the chapter"))
        self._read.setAccessibleName(self.tr("The text as it was"))
        self._diff.set_names(self.tr("Now"), self.tr("As it was"))
        names = (self.tr("What differs"), self.tr("Passages"), self.tr("As it was"))
        for place, name in enumerate(names):
            self._tabs.setTabText(place, name)
        self._hint.setText(self.tr("Choose a text to see how it differs from the chapter."))
        self._empty.set_text(
            self.tr(
                "Your text is kept here as it was: when you write on after a pause, before a model "
                "changes it, and whenever you take a snapshot."
            )
        )
        self._offer()
