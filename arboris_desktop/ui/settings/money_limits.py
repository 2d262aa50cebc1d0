"""Limits in money: a row for each currency, since currencies cannot be added up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QGroupBox, QLabel, QVBoxLayout, QWidget

from arboris_desktop.domain.spending import MoneyLimit
from arboris_desktop.ui.settings.money import money_field
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


class MoneyLimits(QGroupBox):
    """Edits the limits per day and per novel, and the threshold of an expensive analysis, in the
    currencies of the models."""

    def __init__(
        self,
        limits: Sequence[MoneyLimit],
        currencies: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Limits in money"))
        self._fields: dict[str, tuple[QDoubleSpinBox, QDoubleSpinBox, QDoubleSpinBox]] = {}
        self._none = muted(
            plain_label(
                self.tr("Enter the prices of your models first: then money can be limited, too.")
            )
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._headings = [
            QLabel(self.tr("In a day")),
            QLabel(self.tr("On a novel")),
            QLabel(self.tr("Warn: one analysis")),
        ]
        self._headings[-1].setToolTip(
            self.tr("The warning comes as a notification; nothing is stopped by it.")
        )
        for column, heading in enumerate(self._headings, 1):
            self._grid.addWidget(muted(heading), 0, column)
            self._grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._none)
        layout.addLayout(self._grid)
        for limit in limits:
            self._add(limit)
        self.show_currencies(currencies)

    def show_currencies(self, currencies: Sequence[str]) -> None:
        """Offers these currencies, and those with an existing limit."""
        for currency in currencies:
            if currency not in self._fields:
                self._add(MoneyLimit(currency))
        empty = not self._fields
        self._none.setVisible(empty)
        for heading in self._headings:
            heading.setVisible(not empty)

    def value(self) -> tuple[MoneyLimit, ...]:
        """The limits that are set."""
        limits = (
            MoneyLimit(
                currency, round(day.value(), 2), round(novel.value(), 2), round(alert.value(), 4)
            )
            for currency, (day, novel, alert) in self._fields.items()
        )
        return tuple(limit for limit in limits if limit != MoneyLimit(limit.currency))

    def _add(self, limit: MoneyLimit) -> None:
        row = len(self._fields) + 1
        fields = (
            money_field(self.tr("no limit"), limit.per_day, decimals=2),
            money_field(self.tr("no limit"), limit.per_novel, decimals=2),
            money_field(self.tr("never"), limit.alert),
        )
        names = (
            self.tr("At most in a day, in {currency}"),
            self.tr("At most on a novel, in {currency}"),
            self.tr("Warn when one analysis costs more than, in {currency}"),
        )
        self._grid.addWidget(plain_label(limit.currency), row, 0)
        for column, (field, name) in enumerate(zip(fields, names, strict=True), 1):
            field.setAccessibleName(name.format(currency=limit.currency))
            self._grid.addWidget(field, row, column)
        self._fields[limit.currency] = fields
