"""All fields of a profile: its model, its limits, and its prices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGroupBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.profiles import (
    CONTEXT_TOKENS,
    FIRST_TOKEN_SECONDS,
    MAX_PARALLEL,
    REQUESTS_PER_MINUTE,
)
from arboris_desktop.domain.server_presets import USEFUL_CONTEXT, UsualModel, usual_model
from arboris_desktop.domain.settings import PriceSettings, ProviderSettings
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.settings.local_servers import FindServers
from arboris_desktop.ui.settings.models.profile_draft import ProfileDraft, new_draft
from arboris_desktop.ui.settings.money import CURRENCIES, money_field
from arboris_desktop.ui.settings.pages import number_field
from arboris_desktop.ui.settings.provider_page import ProviderPage
from arboris_desktop.ui.settings.shelf_panel import MakeShelf
from arboris_desktop.ui.widgets.form import FieldForm, Hint

ProbeProfile = Callable[[ProviderSettings, str | None, str], Awaitable[ConnectionReport]]
"""Tests a model with some settings, and a key or the stored one of a profile's id."""

_FIELD_WIDTH = 240


class ProfileForm(QWidget):
    """Edits one profile at a time; ``draft`` is what is entered."""

    changed = Signal()

    def __init__(
        self,
        probe: ProbeProfile,
        find: FindServers | None = None,
        make_shelf: MakeShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._probe = probe
        self._shown = new_draft()
        self._usual: UsualModel | None = None
        self._name = QLineEdit()
        self._name.textEdited.connect(self.changed)
        self._model = ProviderPage(self._try_out, find, make_shelf)
        self._model.complete_changed.connect(self._on_model_changed)
        self._context = _count(CONTEXT_TOKENS, self.tr("not known"), 1024)
        self._context.setSuffix(self.tr(" tokens"))
        self._parallel = _count(MAX_PARALLEL, self.tr("usual"))
        self._per_minute = _count(REQUESTS_PER_MINUTE, self.tr("no limit"))
        self._patience = _count(FIRST_TOKEN_SECONDS, self.tr("usual"), 30)
        self._patience.setSuffix(self.tr(" s"))
        self._currency = QComboBox()
        self._input = money_field(self.tr("not known"))
        self._cached = money_field(self.tr("as others"))
        self._output = money_field(self.tr("not known"))
        self._input.valueChanged.connect(self._on_priced)
        self._cached.valueChanged.connect(self._on_priced)
        self._output.valueChanged.connect(self._on_priced)
        self._currency.currentTextChanged.connect(self._on_priced)
        self._lay_out()

    def show_draft(self, draft: ProfileDraft) -> None:
        """Shows another profile."""
        # Nothing is proposed for a model that is only looked at.
        with QSignalBlocker(self), QSignalBlocker(self._model):
            self._shown = draft
            profile, prices = draft.profile, draft.profile.prices
            self._usual = usual_model(profile.connection.base_url, profile.connection.model)
            self._name.setText(profile.name)
            self._context.setValue(profile.connection.context_tokens)
            self._parallel.setValue(profile.max_parallel)
            self._per_minute.setValue(profile.requests_per_minute)
            self._patience.setValue(profile.first_token_seconds)
            self._currency.clear()
            self._currency.addItems(sorted({*CURRENCIES, prices.currency}))
            self._show_prices(prices)
            self._model.set_settings(
                profile.connection, draft.has_key and draft.key is None, draft.key or ""
            )
            self._show_kind()

    def show_name_field(self, visible: bool) -> None:
        """Hides the name of an only profile."""
        self._top.setVisible(visible)

    def draft(self) -> ProfileDraft:
        """The profile as entered."""
        shown = self._shown
        key = self._model.key()
        if key is None and shown.key == "":
            # It was decided before to delete the stored key.
            key = ""
        connection = replace(self._model.settings(), context_tokens=self._context.value())
        profile = replace(
            shown.profile,
            name=self._name.text().strip(),
            connection=connection,
            prices=self._prices(),
            max_parallel=self._parallel.value(),
            requests_per_minute=self._per_minute.value(),
            first_token_seconds=self._patience.value(),
        )
        return replace(shown, profile=profile, key=key, is_complete=self._model.is_complete())

    def _prices(self) -> PriceSettings:
        return replace(
            self._shown.profile.prices,
            input_per_million=round(self._input.value(), 4),
            output_per_million=round(self._output.value(), 4),
            cached_per_million=round(self._cached.value(), 4),
            currency=self._currency.currentText(),
        )

    async def _try_out(self, settings: ProviderSettings, key: str | None) -> ConnectionReport:
        shown = self._shown
        report = await self._probe(settings, key, shown.key_of or shown.profile.id)
        if self._shown is shown and not self._context.value():
            # What the server reports is better than an assumption.
            self._context.setValue(min(report.context_tokens, USEFUL_CONTEXT))
        return report

    @Slot()
    def _on_model_changed(self) -> None:
        self._propose()
        self._show_kind()
        self.changed.emit()

    @Slot()
    def _on_priced(self) -> None:
        self._show_price_note()
        self.changed.emit()

    def _propose(self) -> None:
        """Fills in known values of the selected model where nothing else was entered."""
        chosen = self._model.settings()
        before, self._usual = self._usual, usual_model(chosen.base_url, chosen.model)
        if self._usual is before:
            return
        with QSignalBlocker(self):
            if self._context.value() in (0, before.proposed_context if before else 0):
                self._context.setValue(self._usual.proposed_context if self._usual else 0)
            if self._prices() == (before.prices if before else None) or not self._has_prices():
                self._show_prices(self._usual.prices if self._usual else PriceSettings())

    def _has_prices(self) -> bool:
        return bool(self._input.value() or self._output.value())

    def _show_prices(self, prices: PriceSettings) -> None:
        if self._currency.findText(prices.currency) < 0:
            self._currency.addItem(prices.currency)
        self._currency.setCurrentText(prices.currency)
        self._input.setValue(prices.input_per_million)
        self._cached.setValue(prices.cached_per_million)
        self._output.setValue(prices.output_per_million)

    def _show_price_note(self) -> None:
        """Shows the date of prices that the author has not entered."""
        usual = self._usual
        is_ours = usual is not None and self._has_prices() and self._prices() == usual.prices
        self._prices_form.setRowVisible(self._price_note, is_ours)
        if usual is not None:
            words = self.tr("As they were published by {date}; enter others where yours differ.")
            self._price_note.setText(words.format(date=usual.looked_up.isoformat()))

    def _show_kind(self) -> None:
        """Hides prices and context of the built-in model, which has none and states it itself."""
        profile = replace(self._shown.profile, connection=self._model.settings())
        self._prices_box.setVisible(not profile.is_built_in)
        for row in self._of_servers:
            self._limits_form.setRowVisible(row, not profile.is_built_in)
        self._show_context_note(profile.connection)
        placeholder = replace(self._shown, profile=replace(profile, name=""))
        self._name.setPlaceholderText(placeholder.title)
        self._show_price_note()

    def _show_context_note(self, connection: ProviderSettings) -> None:
        """Shows where the context comes from, so that no guess is silent."""
        words = self.tr(
            "What it can read and write at once. If not known, the server is asked; if it does "
            "not say, 8,192 is taken."
        )
        before = self._shown.profile.connection
        is_same = (connection.base_url, connection.model) == (before.base_url, before.model)
        if self._shown.context_told and is_same:
            told = round_number(self._shown.context_told)
            words = self.tr("What it can read and write at once. Its server says: {told}.").format(
                told=told
            )
        self._context_note.setText(words)

    def _lay_out(self) -> None:
        self._top = QWidget()
        top = FieldForm(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.addRow(self.tr("&Name"), self._name)
        limits = QGroupBox(self.tr("Limits"))
        form = self._limits_form = FieldForm(limits)
        self._context_note = Hint()
        context = form.add_explained(self.tr("Cont&ext"), self._context, self._context_note)
        usual = self.tr("Usual is one on this computer and in your own network, elsewhere four.")
        form.add_explained(self.tr("Answers at on&ce"), self._parallel, Hint(usual))
        form.addRow(self.tr("Re&quests a minute"), self._per_minute)
        usual = self.tr(
            "Usual are ten minutes on this computer and in your own network, elsewhere one."
        )
        patience = form.add_explained(self.tr("Wa&it for first words"), self._patience, Hint(usual))
        self._of_servers = (context, patience)
        self._prices_box = QGroupBox(self.tr("Prices"))
        prices = self._prices_form = FieldForm(self._prices_box)
        prices.addRow(self.tr("C&urrency"), self._currency)
        prices.addRow(self.tr("In&put price per million tokens"), self._input)
        prices.addRow(self.tr("Cac&hed input price per million tokens"), self._cached)
        prices.addRow(self.tr("&Output price per million tokens"), self._output)
        self._price_note = Hint()
        prices.addRow("", self._price_note)
        for field in (self._context, self._parallel, self._per_minute, self._patience):
            field.setMaximumWidth(_FIELD_WIDTH)
        for price in (self._currency, self._input, self._cached, self._output):
            price.setMaximumWidth(_FIELD_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._top)
        layout.addWidget(self._model)
        layout.addWidget(limits)
        layout.addWidget(self._prices_box)


def _count(limits: tuple[int, int, int], words_for_zero: str, step: int = 1) -> QSpinBox:
    field = number_field(limits, limits[1], step)
    field.setSpecialValueText(words_for_zero)
    return field
