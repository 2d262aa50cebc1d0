"""New plans beside the old ones, and the choice between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from arboris_desktop.domain.regeneration import LostName
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.diff_view import DiffView
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone
from arboris_desktop.ui.wording import chapter_name
from arboris_desktop.writing.outline.regeneration import Comparison, RegenerationResult


class ComparePlansDialog(Translated, QDialog):
    """A list of chapters to tick, and the differences of the selected one."""

    def __init__(self, result: RegenerationResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = result
        self._list = QListWidget()
        self._diff = DiffView()
        self._diff.show_side_by_side(True)
        self._lost = selectable_label()
        self._frame = ToneFrame(Tone.WARNING)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self._lost)
        self._buttons = OkCancel(self)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._list)
        splitter.addWidget(self._diff)
        splitter.setSizes([260, 620])
        layout = QVBoxLayout(self)
        layout.addWidget(self._frame)
        layout.addWidget(splitter, 1)
        layout.addWidget(self._buttons)
        self._fill()
        self._list.currentRowChanged.connect(self._show_comparison)
        self._list.itemChanged.connect(self._say_count)
        self.resize(900, 560)
        self._list.setCurrentRow(0)
        self._retranslate()

    def chosen(self) -> set[int]:
        """The numbers of the chapters whose new plans are accepted."""
        return {
            comparison.new.number
            for row, comparison in enumerate(self._result.comparisons)
            if self._list.item(row).checkState() is Qt.CheckState.Checked
        }

    def _fill(self) -> None:
        for comparison in self._result.comparisons:
            new, old = comparison.new, comparison.old
            label = None if old is None else old.label
            item = QListWidgetItem(chapter_name(new.number, new.title, label))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self._list.addItem(item)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Old and new plans"))
        self._list.setAccessibleName(self.tr("Chapters planned again"))
        self._lost.setText("\n".join(map(self._words_for, self._result.lost)))
        self._frame.setVisible(bool(self._result.lost))
        self._say_count()

    def _words_for(self, lost: LostName) -> str:
        text = self.tr(
            "{name} is in the old plans of {old} and in no new one, but is needed in {later}."
        )
        old, later = (", ".join(map(str, numbers)) for numbers in (lost.old, lost.later))
        return text.format(name=lost.name, old=old, later=later)

    @Slot()
    def _say_count(self) -> None:
        count = len(self.chosen())
        button = self._buttons.ok
        button.setText(self.tr("Accept {count}").format(count=count))
        button.setEnabled(count > 0)

    @Slot(int)
    def _show_comparison(self, row: int) -> None:
        if 0 <= row < len(self._result.comparisons):
            comparison = self._result.comparisons[row]
            new = comparison.new
            self._diff.show_texts(_old_text(comparison), f"{new.title}\n\n{new.plan}".strip())


def _old_text(comparison: Comparison) -> str:
    old = comparison.old
    return "" if old is None else f"{old.title}\n\n{old.plan}".strip()
