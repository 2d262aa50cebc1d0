"""A chapter assembled from paragraphs of several candidates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.candidates import Candidate
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.paragraph_merge import (
    paragraphs,
    side_by_side,
    with_paragraph,
    without_paragraph,
)
from arboris_desktop.ui.candidates.column_state import candidate_name
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.prose_look import ProseLook
from arboris_desktop.ui.wording import words


@record
class MergeState:
    """An unfinished merge: the text, and the ticked cells."""

    text: str
    ticked: frozenset[tuple[int, int]]


class MergeCandidatesDialog(Translated, QDialog):
    """Paragraphs side by side with check boxes; ticked ones are inserted into the text beside them.

    The text can be edited at any time: ticking inserts and unticking removes, and nothing else is
    changed.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        base: int,
        look: ProseLook,
        parent: QWidget | None = None,
        *,
        typing: TypingSettings | None = None,
        left: MergeState | None = None,
    ) -> None:
        super().__init__(parent)
        self._candidates = list(candidates)
        self._language = look.language
        self._rows = side_by_side([paragraphs(each.content) for each in candidates])
        self._build(look)
        if typing is not None:
            self._result.typing_help.settings = typing
        self._lay_out()
        self._fill(left or self._beginning(base))
        self._table.itemChanged.connect(self._follow_tick)
        self._result.textChanged.connect(self._count)
        self._count()
        self._retranslate()

    def state(self) -> MergeState:
        """The state of the merge, to be continued later."""
        return MergeState(self.text(), frozenset(self._ticked()))

    def text(self) -> str:
        """The assembled text."""
        return self._result.stored_text()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_rows()

    def _build(self, look: ProseLook) -> None:
        self._words = muted(plain_label())
        self._table = QTableWidget(len(self._rows), len(self._candidates))
        self._table.setFont(look.sized(max(look.points - 2, 8)).font())
        self._table.setWordWrap(True)
        self._table.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().sectionResized.connect(self._fit_rows)
        self._table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._result = ChapterEditor(font_points=look.points)
        self._result.set_language(self._language)
        self._result.set_page_look(look.page)
        self._result.set_paragraph_style(look.paragraphs)
        self._length = muted(plain_label())
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Close
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._result, 1)
        column.addWidget(self._length)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._table)
        parts.addWidget(right)
        parts.setSizes([620, 440])
        layout = QVBoxLayout(self)
        layout.addWidget(self._words)
        layout.addWidget(parts, 1)
        layout.addWidget(self._buttons)
        self.resize(1120, 740)

    def _beginning(self, base: int) -> MergeState:
        ticked = ((row, base) for row, cells in enumerate(self._rows) if cells[base] is not None)
        return MergeState(
            "\n\n".join(paragraphs(self._candidates[base].content)), frozenset(ticked)
        )

    def _fill(self, state: MergeState) -> None:
        for row, cells in enumerate(self._rows):
            for column, paragraph in enumerate(cells):
                item = QTableWidgetItem(paragraph or "")
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                if paragraph is not None:
                    item.setFlags(_CHECKABLE)
                    item.setCheckState(_check_state((row, column) in state.ticked))
                    item.setTextAlignment(Qt.AlignmentFlag.AlignTop)
                self._table.setItem(row, column, item)
        self._result.set_text(state.text)

    def _ticked(self) -> list[tuple[int, int]]:
        """Returns the ticked cells in reading order."""
        return [
            (row, column)
            for row, cells in enumerate(self._rows)
            for column, paragraph in enumerate(cells)
            if paragraph is not None and self._is_ticked(row, column)
        ]

    def _is_ticked(self, row: int, column: int) -> bool:
        item = self._table.item(row, column)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    @Slot(QTableWidgetItem)
    def _follow_tick(self, item: QTableWidgetItem) -> None:
        cell = (item.row(), item.column())
        paragraph = self._rows[cell[0]][cell[1]]
        if paragraph is None:
            return
        text = self._result.text()
        if item.checkState() is Qt.CheckState.Checked:
            before = [self._paragraph(each) for each in self._ticked() if each < cell]
            place, inserted = with_paragraph(text, paragraph, before)
            self._result.replace_range(place, place, inserted)
            self._result.reveal(place, place + len(inserted))
        elif (span := without_paragraph(text, paragraph)) is not None:
            self._result.replace_range(*span, "")
        else:
            # The author has edited it: it is theirs now, and the box shows what is in the text.
            with QSignalBlocker(self._table):
                item.setCheckState(Qt.CheckState.Checked)
            self._words.setText(self._was_edited())

    def _paragraph(self, cell: tuple[int, int]) -> str:
        return self._rows[cell[0]][cell[1]] or ""

    @Slot()
    def _fit_rows(self) -> None:
        """Makes each row high enough for its longest paragraph; Qt ignores the width of the box."""
        metrics = self._table.fontMetrics()
        wrap = int(Qt.TextFlag.TextWordWrap.value)
        for row, cells in enumerate(self._rows):
            heights = [
                metrics.boundingRect(
                    0, 0, self._table.columnWidth(column) - _BOX_WIDTH, 0, wrap, paragraph or ""
                ).height()
                for column, paragraph in enumerate(cells)
            ]
            self._table.setRowHeight(row, max(heights) + metrics.lineSpacing())

    @Slot()
    def _count(self) -> None:
        text = self._result.text()
        self._length.setText(words(count_words(text, self._language), self._language))
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(text.strip()))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Merge passages"))
        self._words.setText(
            self.tr(
                "Tick the paragraphs that you want; they are inserted into the text on the "
                "right, which you can edit. Close keeps your work for later."
            )
        )
        self._table.setHorizontalHeaderLabels([candidate_name(each) for each in self._candidates])
        self._table.setAccessibleName(self.tr("Paragraphs of the candidates"))
        self._result.setAccessibleName(self.tr("The assembled text"))
        button = self._buttons.button
        button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Make it the chapter"))
        button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))

    def _was_edited(self) -> str:
        return self.tr("That paragraph was edited in the text: delete it there if you want.")


_BOX_WIDTH = 52
"""The width of a cell's box and of the margins around its text, in pixels."""

_CHECKABLE = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
)


def _check_state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
