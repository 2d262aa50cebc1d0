from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog

ACCEPTED = FirstRunDialog.DialogCode.Accepted.value
REJECTED = FirstRunDialog.DialogCode.Rejected.value


async def no_models(settings: ProviderSettings, key: str | None) -> ConnectionReport:
    del settings, key
    return ConnectionReport()


@pytest.fixture
def dialog(qtbot: QtBot) -> FirstRunDialog:
    shown = FirstRunDialog(no_models)
    qtbot.addWidget(shown)
    shown.open()
    return shown


def button(dialog: FirstRunDialog, words: str) -> QPushButton:
    found = [each for each in dialog.findChildren(QPushButton) if words in each.text()]
    return found[0]


def test_enter_takes_the_built_in_model(dialog: FirstRunDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished) as finished:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert finished.args == [ACCEPTED]
    assert dialog.settings() == ProviderSettings(kind=ProviderKind.BUILT_IN, configured=True)
    assert dialog.key() is None


def test_another_provider_needs_its_key_and_a_model_first(
    dialog: FirstRunDialog, qtbot: QtBot
) -> None:
    use = button(dialog, "Use this model")
    models = [each for each in dialog.findChildren(QComboBox) if each.isEditable()]
    assert models[0].currentText(), "the service that is proposed has a usual model"
    assert not use.isEnabled()
    fields = {each.accessibleName(): each for each in dialog.findChildren(QLineEdit)}
    fields["Key"].setText("sk-typed")
    assert use.isEnabled()
    models[0].setEditText("")
    assert not use.isEnabled()
    models[0].setEditText("large")
    assert use.isEnabled()
    with qtbot.waitSignal(dialog.finished) as finished:
        use.click()
    assert finished.args == [ACCEPTED]
    chosen = dialog.settings()
    assert (chosen.kind, chosen.model) == (ProviderKind.OPENAI_COMPATIBLE, "large")
    assert chosen.configured
    assert dialog.key() == "sk-typed"


def test_enter_in_a_field_does_not_choose_the_built_in_model_by_accident(
    dialog: FirstRunDialog,
) -> None:
    fields = {each.accessibleName(): each for each in dialog.findChildren(QLineEdit)}
    fields["Key"].setFocus()
    QTest.keyClick(fields["Key"], Qt.Key.Key_Return)
    assert dialog.isVisible()


@pytest.mark.parametrize("way", ["escape", "button"])
def test_the_question_can_be_left_open(dialog: FirstRunDialog, qtbot: QtBot, way: str) -> None:
    with qtbot.waitSignal(dialog.finished) as finished:
        if way == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            button(dialog, "Not now").click()
    assert finished.args == [REJECTED]
