from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QFileInfo, QLocale, QTranslator
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QFileIconProvider,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import InterfaceLanguage
from arboris_desktop.ui.translator import Translations

TEXT = "a text of the test of the translator"
SOURCE = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context><name>Test</name>
<message><source>{TEXT}</source><translation>译文</translation></message>
</context></TS>
"""
PLURALS = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context><name>Test</name>
<message numerus="yes"><source>%n {TEXT}</source><translation>
<numerusform>one</numerusform><numerusform>%n many</numerusform></translation></message>
</context></TS>
"""


class Listener(QWidget):
    """Counts how often it is told to translate itself."""

    changes = 0

    def changeEvent(self, event: QEvent) -> None:
        self.changes += event.type() == QEvent.Type.LanguageChange
        super().changeEvent(event)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    assert tool is not None
    folder = tmp_path_factory.mktemp("translations")
    for name, text in (("arboris_zh_CN", SOURCE), ("arboris_en", PLURALS)):
        (folder / f"{name}.ts").write_text(text, encoding="utf-8")
        command = [tool, "-silent", str(folder / f"{name}.ts"), "-qm", str(folder / f"{name}.qm")]
        subprocess.run(command, check=True, timeout=60)
    return folder


@pytest.fixture(autouse=True)
def english_afterwards(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def shown(text: str = TEXT, n: int = -1) -> str:
    return QCoreApplication.translate("Test", text, "", n)


@pytest.fixture
def translations(qapp: QApplication, folder: Path) -> Iterator[Translations]:
    made = Translations(qapp, folder=folder, system=QLocale("en_US"))
    yield made
    made.clear()


def test_chinese_and_back(translations: Translations) -> None:
    translations.apply(InterfaceLanguage.CHINESE)
    assert shown() == "译文"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    translations.apply(InterfaceLanguage.ENGLISH)
    assert shown() == TEXT
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_english_has_plurals(translations: Translations) -> None:
    translations.apply(InterfaceLanguage.ENGLISH)
    assert shown(f"%n {TEXT}", 1) == "one"
    assert shown(f"%n {TEXT}", 2) == "2 many"


def test_widgets_are_told(translations: Translations, qtbot: QtBot) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    translations.apply(InterfaceLanguage.CHINESE)
    qtbot.waitUntil(lambda: listener.changes > 0)


@pytest.mark.parametrize(
    ("system", "text"),
    [("zh_CN", "译文"), ("zh_TW", "译文"), ("zh_HK", "译文"), ("en_GB", TEXT), ("de_DE", TEXT)],
)
def test_the_system_decides(qapp: QApplication, folder: Path, system: str, text: str) -> None:
    translations = Translations(qapp, folder=folder, system=QLocale(system))
    translations.apply(InterfaceLanguage.SYSTEM)
    assert shown() == text
    translations.apply(InterfaceLanguage.ENGLISH)
    assert shown() == TEXT


def test_dates_are_in_the_language_of_the_window(qapp: QApplication, folder: Path) -> None:
    translations = Translations(qapp, folder=folder, system=QLocale("de_DE"))
    translations.apply(InterfaceLanguage.SYSTEM)
    assert QLocale().language() == QLocale.Language.English
    translations.apply(InterfaceLanguage.CHINESE)
    assert QLocale().language() == QLocale.Language.Chinese
    translations.apply(InterfaceLanguage.ENGLISH)


def test_a_missing_translation_leaves_english(qapp: QApplication, tmp_path: Path) -> None:
    translations = Translations(qapp, folder=tmp_path)
    translations.apply(InterfaceLanguage.CHINESE)
    assert shown() == TEXT
    translations.apply(InterfaceLanguage.ENGLISH)


class Asked(QTranslator):
    """Notes what is asked for in Qt's own words; it knows none itself."""

    def __init__(self) -> None:
        super().__init__()
        self.by_qt: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, context: str, text: str, comment: str | None = None, n: int = -1) -> None:
        # Keys are called as keyboards call them.
        is_qt_s = context.startswith("Q") and context != "QShortcut"
        if is_qt_s and any(letter.isalpha() for letter in text):
            self.by_qt.add((context, text))


def test_qt_s_own_dialogs_ask_for_nothing_that_is_not_translated(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    translations = Translations(qapp)
    translations.apply(InterfaceLanguage.CHINESE)
    asked = Asked()
    qapp.installTranslator(asked)
    try:
        for mode in (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave):
            dialog = QFileDialog(None, "", str(tmp_path))
            qtbot.addWidget(dialog)
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            dialog.setAcceptMode(mode)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.show()
        icons = QFileIconProvider()
        for place in (tmp_path, Path("/"), tmp_path / "absent", Path(__file__)):
            icons.type(QFileInfo(str(place)))
        buttons = QDialogButtonBox()
        for kind in QDialogButtonBox.StandardButton:
            if kind.value and kind.value & (kind.value - 1) == 0:
                buttons.addButton(kind)
        message = QMessageBox()
        message.setDetailedText("…")
        edit, line = QTextEdit("…"), QLineEdit()
        menus = edit.createStandardContextMenu(), line.createStandardContextMenu()
        for widget in (buttons, message, QInputDialog(), edit, line, *menus):
            qtbot.addWidget(widget)
    finally:
        qapp.removeTranslator(asked)
    try:
        assert ("QAbstractFileIconProvider", "Folder") in asked.by_qt
        translate = QCoreApplication.translate
        english = {each for each in asked.by_qt if translate(*each) == each[1]}
        assert english == set()
    finally:
        translations.clear()
