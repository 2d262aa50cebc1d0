"""A dialog about costs: a period and a grouping, with export for a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.costs import CostGrouping, CostPeriod, CostReport
from arboris_desktop.ui.costs.cost_table_model import CostColumn, CostTableModel
from arboris_desktop.ui.costs.words import grouping_name, money, period_name, row_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.plain_text import selectable_label


class CostsDialog(Translated, QDialog):
    """Shows reports; ``asked`` requests the next one."""

    asked = Signal(object, object, bool)
    """A ``CostPeriod``, a ``CostGrouping``, and whether to include only the open novel."""

    export_requested = Signal()
    limits_requested = Signal()

    def __init__(self, novel_title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._novel_title = novel_title
        self._period = QComboBox()
        self._grouping = QComboBox()
        for period in CostPeriod:
            self._period.addItem("", period)
        for grouping in CostGrouping:
            self._grouping.addItem("", grouping)
        self._period.setCurrentIndex(self._period.findData(CostPeriod.MONTH))
        self._only_novel = QCheckBox()
        self._only_novel.setVisible(bool(novel_title))
        self._model = CostTableModel()
        self._table = QTableView()
        self._table.setModel(self._model)
        self._empty = EmptyState("coins")
        self._total = selectable_label()
        self._export = QPushButton()
        self._export.setEnabled(False)
        self._limits = QPushButton()
        self._labels = (QLabel(), QLabel())
        self._build_table()
        self._lay_out()
        self._retranslate()
        self._connect()
        self.resize(760, 560)

    def ask(self) -> None:
        """Requests the selected report."""
        self.asked.emit(
            CostPeriod(self._period.currentData()),
            CostGrouping(self._grouping.currentData()),
            self._only_novel.isChecked(),
        )

    def show_report(self, report: CostReport) -> None:
        """Shows the costs."""
        self._model.show_report(report)
        self._table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._pages.setCurrentIndex(1 if report.rows else 0)
        self._export.setEnabled(bool(report.rows))
        self._show_total()

    def table(self) -> tuple[list[str], list[list[str | int | float]]]:
        """Returns headings and rows for a spreadsheet: plain numbers, a column for each
        currency."""
        report = self._model.report
        assert report is not None
        currencies = sorted(report.total.spent.money)
        headings = self._model.headings()[:-1] + currencies + [self.tr("Calls of unknown cost")]
        rows: list[list[str | int | float]] = [
            [
                row.key if report.grouping is CostGrouping.DAY else row_name(row, report.grouping),
                row.calls,
                row.spent.usage.prompt_tokens,
                row.spent.usage.cached_tokens,
                row.spent.usage.completion_tokens,
                *(round(row.spent.paid_in(currency), 6) for currency in currencies),
                row.spent.unpriced,
            ]
            for row in report.rows
        ]
        return headings, rows

    def _connect(self) -> None:
        self._period.currentIndexChanged.connect(self.ask)
        self._grouping.currentIndexChanged.connect(self.ask)
        self._only_novel.toggled.connect(self.ask)
        self._export.clicked.connect(self.export_requested)
        self._limits.clicked.connect(self._on_limits)

    @Slot()
    def _on_limits(self) -> None:
        self.limits_requested.emit()
        self.reject()

    def _build_table(self) -> None:
        table = self._table
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.setSortingEnabled(True)
        header = table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(CostColumn.NAME, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._table)
        # Until the first report arrives, it is not known to be empty.
        self._pages.setCurrentWidget(self._table)
        top = QHBoxLayout()
        for label, field in zip(self._labels, (self._period, self._grouping), strict=True):
            label.setBuddy(field)
            top.addWidget(label)
            top.addWidget(field)
            top.addSpacing(10)
        top.addWidget(self._only_novel, 1)
        top.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._close = buttons.button(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._export, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._limits, QDialogButtonBox.ButtonRole.ActionRole)
        for button in (self._export, self._limits):
            button.setAutoDefault(False)
        self._close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._total)
        layout.addWidget(buttons)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Costs"))
        self._labels[0].setText(self.tr("&Time"))
        self._labels[1].setText(self.tr("&By"))
        for field, name in ((self._period, period_name), (self._grouping, grouping_name)):
            with QSignalBlocker(field):
                for index in range(field.count()):
                    field.setItemText(index, name(field.itemData(index)))
        self._only_novel.setText(
            self.tr("&Only “{title}”").format(title=self._novel_title.replace("&", "&&"))
        )
        self._export.setText(self.tr("&Export…"))
        self._limits.setText(self.tr("&Limits…"))
        self._close.setText(self.tr("Close"))
        self._table.setAccessibleName(self.tr("Costs"))
        self._empty.set_text(
            self.tr(
                "Nothing was asked of a model in this time. As soon as something is, its tokens "
                "are counted here, and its cost too if the prices are entered in Settings → Models."
            )
        )
        self._model.retranslate()
        self._show_total()

    def _show_total(self) -> None:
        report = self._model.report
        if report is None or not report.rows:
            self._total.setText("")
            return
        total = report.total
        words = self.tr("Together: {tokens} tokens in %Ln call(s). Cost: {cost}.", "", total.calls)
        text = words.format(
            tokens=round_number(total.spent.tokens),
            cost=money(total.spent),
        )
        if total.spent.usage.estimated:
            text += " " + self.tr("Some providers do not count tokens: theirs are estimated.")
        self._total.setText(text)
