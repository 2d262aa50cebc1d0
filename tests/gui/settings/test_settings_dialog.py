from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.errors import Cure
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import (
    CodexSettings,
    ColourScheme,
    InterfaceLanguage,
    InterfaceSettings,
    Merging,
    PriceSettings,
    ProviderKind,
    ProviderSettings,
    QueueSettings,
    RetentionSettings,
    TypingSettings,
    UpdateSettings,
    WritingSettings,
)
from arboris_desktop.domain.spending import MoneyLimit, SpendSettings
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.ui.settings.dialog import AllSettings, SettingsDialog

UNUSUAL = AllSettings(
    models=ProviderRoster(
        (
            ProviderProfile(
                "provider",
                "Big",
                ProviderSettings(
                    ProviderKind.OPENAI_COMPATIBLE,
                    "https://example.com/v1",
                    "m",
                    context_tokens=65536,
                    configured=True,
                ),
                PriceSettings(0.27, 1.1, "CNY", 0.07),
                max_parallel=5,
                requests_per_minute=60,
            ),
        )
    ),
    queue=QueueSettings(7, 9, 810, paused=True),
    analysis=GenerationConfig(True, False, True, False, 2500, 0.85, True),
    interface=InterfaceSettings(InterfaceLanguage.CHINESE, ColourScheme.DARK, True, False, 21),
    writing=WritingSettings(3300, 1.4, book_tokens=7500),
    typing=TypingSettings(True, True, False, True, False),
    codex=CodexSettings(Merging.REVIEWED, 33),
    retention=RetentionSettings(7, 600, 70, 30, 20),
    spending=SpendSettings(500_000, 9_000_000, (MoneyLimit("CNY", 2.5, 40.0, 0.05),)),
    updates=UpdateSettings(check=True),
)


async def probe(settings: ProviderSettings, key: str | None, profile_id: str) -> ConnectionReport:
    return ConnectionReport((settings.model, key or profile_id))


def make(
    qtbot: QtBot, present: AllSettings = UNUSUAL, *, tray_available: bool = True
) -> SettingsDialog:
    dialog = SettingsDialog(present, {"provider"}, probe, tray_available=tray_available)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def save(dialog: SettingsDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    box.button(QDialogButtonBox.StandardButton.Save).click()


def test_nothing_is_changed_by_looking(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    with qtbot.waitSignals([dialog.saved, dialog.accepted]):
        save(dialog)
    assert dialog.all_settings() == UNUSUAL
    assert dialog.key_changes() == []


def test_saved_tells_everything(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    with qtbot.waitSignal(dialog.saved) as saved:
        save(dialog)
    assert saved.args == [UNUSUAL, []]


def test_the_defaults_are_shown_as_they_are(qtbot: QtBot) -> None:
    defaults = AllSettings(
        models=ProviderRoster((ProviderProfile(connection=ProviderSettings(configured=True)),))
    )
    dialog = make(qtbot, defaults)
    assert dialog.all_settings() == defaults


def test_cancel_tells_nothing(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    with qtbot.assertNotEmitted(dialog.saved), qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("value", "limits"), [(9, (1, 10)), (810, (300, 900)), (7, (5, 30)), (2500, (0, 20_000))]
)
def test_numbers_stay_in_their_ranges(qtbot: QtBot, value: int, limits: tuple[int, int]) -> None:
    dialog = make(qtbot)
    found = next(field for field in dialog.findChildren(QSpinBox) if field.value() == value)
    assert (found.minimum(), found.maximum()) == limits


def test_every_value_out_of_range_is_pulled_in(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    for number in dialog.findChildren(QSpinBox):
        number.setValue(10_000_000)
    for fraction in dialog.findChildren(QDoubleSpinBox):
        fraction.setValue(99.0)
    changed = dialog.all_settings()
    assert changed.queue == QueueSettings(30, 10, 900, paused=True)
    assert changed.analysis.confidence_threshold == 1.0
    assert changed.writing.temperature == 2.0


def test_switches_and_choices(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    for box in dialog.findChildren(QCheckBox):
        box.click()
    for combo in dialog.findChildren(QComboBox):
        if (
            combo.findData(ColourScheme.LIGHT) >= 0
            or combo.findData(InterfaceLanguage.ENGLISH) >= 0
        ):
            combo.setCurrentIndex(1)
    changed = dialog.all_settings()
    assert changed.analysis == GenerationConfig(False, True, False, True, 2500, 0.85, False)
    assert changed.interface == InterfaceSettings(
        InterfaceLanguage.ENGLISH, ColourScheme.LIGHT, False, True, 21
    )


def test_an_incomplete_model_is_not_saved(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    names = dialog.findChild(QListWidget)
    assert isinstance(names, QListWidget)
    names.setCurrentRow(3)
    next(
        line for line in dialog.findChildren(QLineEdit) if line.text() == "https://example.com/v1"
    ).setText("ftp://nowhere")
    with qtbot.assertNotEmitted(dialog.saved):
        save(dialog)
    assert dialog.isVisible()
    assert names.currentRow() == 0


def test_without_a_tray_it_cannot_be_kept_there(qtbot: QtBot) -> None:
    def can_be_kept(present: AllSettings, tray_available: bool) -> bool:
        dialog = make(qtbot, present, tray_available=tray_available)
        boxes = dialog.findChildren(QCheckBox)
        return next(box for box in boxes if "tray" in box.text()).isEnabled()

    assert not can_be_kept(AllSettings(), tray_available=False)
    assert can_be_kept(AllSettings(), tray_available=True)
    # What was chosen on another desktop can still be taken back.
    assert can_be_kept(UNUSUAL, tray_available=False)


def test_the_pages_are_reached_by_keyboard(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    names = dialog.findChild(QListWidget)
    assert isinstance(names, QListWidget)
    names.setFocus()
    QTest.keyClick(names, Qt.Key.Key_Down)
    visible = [spin.suffix() for spin in dialog.findChildren(QDoubleSpinBox) if spin.isVisible()]
    assert len(visible) == 1
    radios = [radio for radio in dialog.findChildren(QRadioButton) if radio.isVisible()]
    assert radios == []


@pytest.mark.parametrize(
    ("cure", "page"),
    [
        (Cure.SETTINGS, "Models"),
        (Cure.KEY, "Models"),
        (Cure.QUEUE, "Queue"),
        (Cure.LIMIT, "Costs"),
    ],
)
def test_it_opens_where_an_error_can_be_mended(qtbot: QtBot, cure: Cure, page: str) -> None:
    dialog = make(qtbot)
    dialog.show_cure(cure)
    names = dialog.findChild(QListWidget)
    assert names is not None
    shown = names.currentItem()
    assert shown is not None
    assert shown.text() == page
