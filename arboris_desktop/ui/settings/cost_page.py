"""The settings page about spending: when to warn, and when to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSpinBox

from arboris_desktop.domain.spending import SpendSettings
from arboris_desktop.ui.settings.money_limits import MoneyLimits
from arboris_desktop.ui.settings.pages import SettingsPage, number_field

_MOST_TOKENS = 2_000_000_000


class CostPage(SettingsPage):
    """The threshold of warnings, and the limits on spending."""

    def __init__(self, spending: SpendSettings, currencies: Sequence[str] = ()) -> None:
        super().__init__()
        self._spending = spending
        self._per_day = _tokens(spending.tokens_per_day, self.tr("no limit"))
        self._per_novel = _tokens(spending.tokens_per_novel, self.tr("no limit"))
        for field in (self._per_day, self._per_novel):
            field.setSuffix(self.tr(" tokens"))
        self._money = MoneyLimits(spending.money, currencies)
        self.add_words(
            self.tr(
                "When a limit is reached, nothing more is sent: chapters and the queue wait until "
                "you raise it, or until the day is over. What is under way comes to its end."
            )
        )
        self.add_field(self.tr("At most in a &day"), self._per_day)
        self.add_field(
            self.tr("At most on a &novel"),
            self._per_novel,
            self.tr("Read and written together, by all models, whatever they cost."),
        )
        self._form.addRow(self._money)

    def value(self) -> SpendSettings:
        """The limits, and the threshold of warnings."""
        return replace(
            self._spending,
            tokens_per_day=self._per_day.value(),
            tokens_per_novel=self._per_novel.value(),
            money=self._money.value(),
        )

    @Slot(list)
    def show_currencies(self, currencies: list[str]) -> None:
        """Sets the currencies in which the models charge."""
        self._money.show_currencies(currencies)

    def focus_limits(self) -> None:
        """Focuses the field of a limit that was reached."""
        self._per_day.setFocus()


def _tokens(value: int, words_for_zero: str) -> QSpinBox:
    field = number_field((0, 0, _MOST_TOKENS), value, 100_000)
    field.setSpecialValueText(words_for_zero)
    return field
