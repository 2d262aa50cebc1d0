from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.resources import third_party_list
from arboris_desktop.ui.about_dialog import AboutDialog
from arboris_desktop.ui.about_facts import AboutFacts
from tests.support.studio_stage import Play, Stage, child


class Desktop:
    """Opens what it is given, or cannot."""

    def __init__(self, *, able: bool = True) -> None:
        self.opened: list[QUrl] = []
        self._able = able

    def open(self, address: QUrl) -> bool:
        self.opened.append(address)
        return self._able


def make(qtbot: QtBot, facts: AboutFacts, desktop: Desktop) -> AboutDialog:
    dialog = AboutDialog(facts, opening=desktop.open)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def press(dialog: AboutDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if words in b.text()).click()


def test_it_names_version_licence_and_the_data_folder(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "作者 & Ko"
    desktop = Desktop()
    dialog = make(qtbot, AboutFacts("0.1.0", folder), desktop)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Arboris Desktop 0.1.0" in words
    assert "MIT" in words
    assert child(dialog, QLineEdit).text() == str(folder)
    press(dialog, "Folder")
    assert desktop.opened == [QUrl.fromLocalFile(str(folder))]
    assert not any("List" in button.text() for button in dialog.findChildren(QPushButton))


def test_where_nothing_can_open_it_the_place_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    listed = tmp_path / "THIRD_PARTY.md"
    dialog = make(qtbot, AboutFacts("0.1.0", tmp_path, listed), Desktop(able=False))
    press(dialog, "List")
    visible = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert any(str(listed) in words for words in visible)


def test_only_a_frozen_program_lists_the_works_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert third_party_list() is None
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert third_party_list() is None
    (tmp_path / "THIRD_PARTY.md").touch()
    assert third_party_list() == tmp_path / "THIRD_PARTY.md"


def test_the_menu_opens_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.window.actions_.about.trigger()
        shown = stage.window.findChildren
        await stage.until(lambda: shown(AboutDialog), "the dialog opens")
        dialog = shown(AboutDialog)[0]
        assert child(dialog, QLineEdit).text() == str(stage.services.paths.home)
        dialog.reject()
        await stage.until(lambda: not shown(AboutDialog), "it is gone, not only hidden")

    play(act)
