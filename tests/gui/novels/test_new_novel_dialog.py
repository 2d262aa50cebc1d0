from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.settings import InterfaceLanguage
from arboris_desktop.ui.novels.begin_choices import BeginChoice
from arboris_desktop.ui.novels.new_novel_dialog import NewNovelDialog
from arboris_desktop.ui.novels.outline_editor import OutlineEditor
from arboris_desktop.ui.translator import Translations
from tests.support.studio_stage import child


@pytest.fixture
def dialog(qtbot: QtBot) -> NewNovelDialog:
    made = NewNovelDialog()
    qtbot.addWidget(made)
    made.open()
    return made


def field(dialog: NewNovelDialog, start: str) -> QLineEdit:
    fields = dialog.findChildren(QLineEdit)
    return next(edit for edit in fields if edit.placeholderText().startswith(start))


def create(dialog: NewNovelDialog) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "Create novel")


def test_a_title_is_required(dialog: NewNovelDialog) -> None:
    assert not create(dialog).isEnabled()
    field(dialog, "The working").setText("   ")
    assert not create(dialog).isEnabled()
    field(dialog, "The working").setText("Ebb")
    assert create(dialog).isEnabled()


def test_a_title_is_enough(dialog: NewNovelDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(field(dialog, "The working"), " Ebb ")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(field(dialog, "The working"), Qt.Key.Key_Return)
    chapters = (OutlineChapter(""),) * 3
    assert dialog.novel() == NewNovel(title="Ebb", volumes=(OutlineVolume("", chapters),))


def test_all_that_was_entered_is_returned(dialog: NewNovelDialog) -> None:
    volumes = (OutlineVolume("卷一", (OutlineChapter("第六更", "有人敲了第六更。"),)),)
    field(dialog, "The working").setText("六更天")
    field(dialog, "For example").setText("白描")
    premise = next(
        edit
        for edit in dialog.findChildren(QPlainTextEdit)
        if edit.placeholderText().startswith("Who wants")
    )
    premise.setPlainText("夜只有五更。\n")
    chooser = dialog.findChild(QComboBox)
    assert chooser is not None
    chooser.setCurrentText("中文")
    outline = dialog.findChild(OutlineEditor)
    assert outline is not None
    outline.set_outline(volumes)
    assert dialog.novel() == NewNovel("六更天", "夜只有五更。", "白描", Language.CHINESE, volumes)


@pytest.mark.parametrize(
    ("window", "novel"),
    [
        (InterfaceLanguage.CHINESE, Language.CHINESE),
        (InterfaceLanguage.ENGLISH, Language.ENGLISH),
    ],
)
def test_a_novel_begins_in_the_language_of_the_window(
    qtbot: QtBot, qapp: QApplication, window: InterfaceLanguage, novel: Language
) -> None:
    translations, locale = Translations(qapp), QLocale()
    try:
        translations.apply(window)
        dialog = NewNovelDialog()
        qtbot.addWidget(dialog)
        assert dialog.novel().language is novel
    finally:
        translations.clear()
        QLocale.setDefault(locale)


def test_enter_in_the_plan_does_not_close_the_dialog(dialog: NewNovelDialog) -> None:
    field(dialog, "The working").setText("Ebb")
    closed = QSignalSpy(dialog.finished)
    QTest.keyClick(field(dialog, "Chapter 1"), Qt.Key.Key_Return)
    assert closed.count() == 0
    assert dialog.isVisible()


def test_escape_cancels(dialog: NewNovelDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_numbers_and_author_are_chosen_in_the_language_of_the_novel(
    dialog: NewNovelDialog,
) -> None:
    language, numbering = dialog.findChildren(QComboBox)[:2]
    language.setCurrentText("中文")
    assert numbering.itemText(0) == "第1章 · 第2章 · 第12章"
    numbering.setCurrentText("第一回 · 第二回 · 第十二回")
    field(dialog, "As it is").setText(" 某人 ")
    assert (dialog.novel().numbering, dialog.novel().author) == ("第{一}回", "某人")
    language.setCurrentText("English")
    assert dialog.novel().numbering == ""


def test_each_door_asks_for_what_it_needs(dialog: NewNovelDialog, qtbot: QtBot) -> None:
    dialog.show()
    plan = child(dialog, OutlineEditor)
    assert plan.isVisible()
    dialog.choices.choose(BeginChoice.IDEA)
    assert not plan.isVisible()
    assert not create(dialog).isVisible()
    dialog.choices.choose(BeginChoice.BLANK)
    assert not plan.isVisible()
    assert create(dialog).isEnabled(), "nobody needs a title for a blank page"
    assert dialog.begins_blank()
    ((chapter,),) = (volume.chapters for volume in dialog.novel().volumes)
    assert (chapter.title, dialog.novel().is_untitled) == ("", True)
    dialog.choices.choose(BeginChoice.PLAN)
    assert plan.isVisible()
    assert not create(dialog).isEnabled()
    with qtbot.waitSignal(dialog.accepted):
        dialog.choices.choose(BeginChoice.IMPORT)
    assert dialog.wants_import()


def test_the_plan_follows_the_chosen_numbers(dialog: NewNovelDialog) -> None:
    outline = child(dialog, OutlineEditor)
    language, numbers = dialog.findChildren(QComboBox)[:2]
    numbers.setCurrentText("Chapter One · Chapter Two · Chapter Twelve")
    shown = [item.text(0) for item in outline._tree._chapters()]
    assert shown == ["Chapter One", "Chapter Two", "Chapter Three"]
    language.setCurrentText("中文")
    numbers.setCurrentText("第一回 · 第二回 · 第十二回")
    assert outline._tree._chapters()[0].text(0) == "第一回"


def test_the_dialog_is_no_higher_than_what_it_asks(dialog: NewNovelDialog) -> None:
    dialog.choices.choose(BeginChoice.IDEA)
    QApplication.processEvents()
    last = dialog.findChildren(QComboBox)[0]
    below = create(dialog).parentWidget()
    assert below is not None
    gap = below.mapTo(dialog, QPoint(0, 0)).y() - last.mapTo(dialog, last.rect().bottomLeft()).y()
    assert gap < 2 * last.height(), "a gap between the fields and the buttons"
    dialog.choices.choose(BeginChoice.PLAN)
    assert child(dialog, OutlineEditor).height() > 100
