"""Volumes planned by the model: their number and range, and a preview before they are accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.outline import MOST_CHAPTERS, Outline, VolumePlan
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.form import FieldForm
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.number_box import NumberBox
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.writing.outline.outlining import MOST_VOLUMES

_TITLE, _SIZE, _SUMMARY = range(3)
_USUAL_SIZE = 40


class VolumesDialog(Translated, QDialog):
    """Asks, and shows the result; titles and summaries can be edited before they are accepted."""

    plan_requested = Signal()
    preview_requested = Signal()

    def __init__(self, outline: Outline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = outline
        self._volumes: tuple[VolumePlan, ...] = ()
        self.call_bar = CallBar(can_preview=False)
        self._build()
        self._propose(outline)
        self.call_bar.busy_changed.connect(self._enable)
        self.call_bar.retry_requested.connect(self.plan_requested)
        self._retranslate()
        self._enable()

    @property
    def count(self) -> int:
        """The number of volumes that are wanted."""
        return self._count.value()

    @property
    def total(self) -> int:
        """The number of chapters in all."""
        return self._total.value()

    def instruction(self) -> str:
        """The author's instruction."""
        return self._wishes.text().strip()

    def show_question(self, count: int, total: int, instruction: str) -> None:
        """Shows an earlier request."""
        self._total.setValue(total)
        self._count.setValue(count)
        self._wishes.setText(instruction)

    def show_volumes(self, volumes: Sequence[VolumePlan]) -> None:
        """Shows the result."""
        self._volumes = tuple(volumes)
        self._table.setRowCount(len(volumes))
        for row, volume in enumerate(volumes):
            self._table.setItem(row, _TITLE, QTableWidgetItem(volume.title))
            size = QTableWidgetItem(str(volume.size))
            size.setFlags(size.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self._table.setItem(row, _SIZE, size)
            self._table.setItem(row, _SUMMARY, QTableWidgetItem(volume.summary))
        self._table.resizeRowsToContents()
        self._table.show()
        self._rest.hide()
        self._enable()

    def volumes(self) -> list[VolumePlan]:
        """The volumes as in the table."""
        return [
            replace(volume, title=self._cell(row, _TITLE), summary=self._cell(row, _SUMMARY))
            for row, volume in enumerate(self._volumes)
        ]

    def _cell(self, row: int, column: int) -> str:
        item = self._table.item(row, column)
        return "" if item is None else item.text().strip()

    def _build(self) -> None:
        self._count, self._total = NumberBox(), NumberBox()
        self._count.setRange(1, MOST_VOLUMES)
        self._total.setRange(1, MOST_CHAPTERS)
        self._wanted = self._count.value()
        self._count.valueChanged.connect(self._want)
        self._total.valueChanged.connect(self._limit_count)
        self._wishes = QLineEdit()
        self._labels = [QLabel() for _ in range(3)]
        form = FieldForm()
        fields: tuple[QWidget, ...] = (self._count, self._total, self._wishes)
        for label, field in zip(self._labels, fields, strict=True):
            label.setBuddy(field)
            form.addRow(label, field)
        self._plan = QPushButton(icon("write"), "")
        self._plan.setAutoDefault(False)
        self._plan.clicked.connect(self.plan_requested)
        self._preview = QPushButton(icon("info"), "")
        self._preview.setAutoDefault(False)
        self._preview.clicked.connect(self.preview_requested)
        for box in (self._count, self._total):
            box.setMaximumWidth(120)
        self._note = muted(plain_label())
        self._table = QTableWidget(0, 3)
        self._table.setWordWrap(True)
        self._table.verticalHeader().hide()
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(_SUMMARY, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(_TITLE, 180)
        header.resizeSection(_SIZE, 80)
        self._buttons = OkCancel(self)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        asking = QHBoxLayout()
        asking.addWidget(self._plan)
        asking.addWidget(self._preview)
        asking.addStretch(1)
        layout.addLayout(asking)
        layout.addWidget(self.call_bar)
        self._table.hide()
        self._rest = EmptyState("volume")
        layout.addWidget(self._rest, 1)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._note)
        layout.addWidget(self._buttons)
        self.resize(760, 560)

    def _propose(self, outline: Outline) -> None:
        total = max(outline.length, outline.last_number) or _USUAL_SIZE
        self._total.setValue(total)
        known = sum(1 for volume in outline.volumes if volume.size or volume.summary)
        self._count.setValue(known or max(1, round(total / _USUAL_SIZE)))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Plan volumes"))
        names = (self.tr("&Volumes"), self.tr("&Chapters in all"), self.tr("&Wishes"))
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        self._wishes.setPlaceholderText(self.tr("What the model should mind; may stay empty"))
        self._plan.setText(self.tr("Let the model plan"))
        self._preview.setText(self.tr("What is sent"))
        self._rest.set_text(
            self.tr("The model divides the story into volumes. You see them here first.")
        )
        headings = (self.tr("Volume"), self.tr("Chapters"), self.tr("What happens"))
        self._table.setHorizontalHeaderLabels(headings)
        self._table.setAccessibleName(self.tr("Planned volumes"))
        self._buttons.ok.setText(self.tr("Use these volumes"))
        self._note.setText(
            self.tr(
                "Taking them over replaces titles and summaries of the volumes there are, and puts"
                " each chapter into the volume where its number falls. Chapters keep their plans"
                " and texts; the change can be undone."
            )
        )
        self._note.setVisible(bool(self._outline.volumes or self._outline.chapters))

    @Slot(int)
    def _want(self, count: int) -> None:
        self._wanted = count

    @Slot()
    def _limit_count(self) -> None:
        """No more volumes than chapters; while a larger number is being typed, its first figure
        must not take away what was wanted."""
        wanted = self._wanted
        self._count.setMaximum(min(MOST_VOLUMES, self._total.value()))
        self._count.setValue(wanted)
        self._wanted = wanted

    @Slot()
    def _enable(self) -> None:
        busy = self.call_bar.is_busy
        self._plan.setEnabled(not busy)
        self._buttons.ok.setEnabled(not busy and bool(self._volumes))
