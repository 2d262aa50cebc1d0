"""The page of the settings about what the provider charges."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox

from arboris_desktop.domain.settings import PriceSettings
from arboris_desktop.ui.settings.settings_pages import SettingsPage

_CURRENCIES = ("USD", "CNY", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD")


class CostPage(SettingsPage):
    """Prices as providers state them, and from when on the author wants to be warned."""

    def __init__(self, prices: PriceSettings) -> None:
        super().__init__()
        self._prices = prices
        self._currency = QComboBox()
        self._currency.addItems(sorted({*_CURRENCIES, prices.currency}))
        self._currency.setCurrentText(prices.currency)
        self._input = _money(prices.input_per_million, self.tr("not known"))
        self._output = _money(prices.output_per_million, self.tr("not known"))
        self._alert = _money(prices.alert_cost, self.tr("never"))
        self.add_words(
            self.tr(
                "With the prices of your provider, costs are shown for each task, and estimated "
                "before many chapters are analysed. The built-in model costs nothing."
            )
        )
        self.add_field(self.tr("C&urrency"), self._currency)
        self.add_field(self.tr("Price of a million tokens &read"), self._input)
        self.add_field(self.tr("Price of a million tokens &written"), self._output)
        self.add_field(
            self.tr("W&arn when one analysis costs more than"),
            self._alert,
            self.tr("The warning comes as a notification; nothing is stopped by it."),
        )

    def value(self) -> PriceSettings:
        """The prices for what is analysed from now on."""
        return replace(
            self._prices,
            currency=self._currency.currentText(),
            input_per_million=round(self._input.value(), 4),
            output_per_million=round(self._output.value(), 4),
            alert_cost=round(self._alert.value(), 4),
        )


def _money(value: float, words_for_zero: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0, 1_000_000)
    field.setDecimals(4)
    field.setSpecialValueText(words_for_zero)
    field.setValue(value)
    return field
