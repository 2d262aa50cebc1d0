"""A chapter is copied in the form of a platform, and words to watch are marked in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.publishing import Platform, PublishingSettings
from arboris_desktop.text.counts import PublishedLength
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.publishing.dialog import PublishingDialog
from arboris_desktop.ui.publishing.words import length_words
from tests.support.studio_stage import Play, Stage, child

TEXT = "𠮷野家。*赌博*的人\n\n“走，”他说：QQ群。"


def make(qtbot: QtBot, **last: object) -> PublishingDialog:
    dialog = PublishingDialog("第1章 夜", TEXT, PublishingSettings(**last))  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    return dialog


def shown(dialog: PublishingDialog) -> str:
    edits = dialog.findChildren(QPlainTextEdit)
    return next(one.toPlainText() for one in edits if one.isReadOnly())


def test_each_platform_has_its_form(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    assert shown(dialog) == "\u3000\u3000𠮷野家。赌博的人\n\u3000\u3000“走，”他说：QQ群。"
    box = child(dialog, QComboBox)
    box.setCurrentIndex(box.findData(Platform.PLAIN))
    assert shown(dialog) == "第1章 夜\n\n𠮷野家。赌博的人\n\n“走，”他说：QQ群。"
    box.setCurrentIndex(box.findData(Platform.FANQIE))
    assert shown(dialog) == "𠮷野家。赌博的人\n“走，”他说：QQ群。"
    title = next(one for one in dialog.findChildren(QCheckBox) if "itle" in one.text())
    title.click()
    assert shown(dialog).startswith("第1章 夜\n𠮷野家")
    assert dialog.settings().platform == Platform.FANQIE


def test_watched_words_are_marked_where_they_stand(qtbot: QtBot) -> None:
    dialog = make(qtbot, watched=("赌博", "qq群", "野"))
    edit = next(one for one in dialog.findChildren(QPlainTextEdit) if one.isReadOnly())
    marked = [one.cursor.selectedText() for one in edit.extraSelections()]
    assert marked == ["野", "赌博", "QQ群"]
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("赌博 ×1" in one for one in said)
    assert "赌博" in shown(dialog)


def test_the_example_list_is_added_to_the_authors_own(qtbot: QtBot) -> None:
    dialog = make(qtbot, watched=("我的词",))
    next(one for one in dialog.findChildren(QPushButton) if "xample" in one.text()).click()
    assert dialog.settings().watched[0] == "我的词"
    assert "赌博" in dialog.settings().watched


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_enter_copies(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    dialog.show()
    with qtbot.waitSignal(dialog.copied):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_the_button_says_that_it_has_copied_until_the_text_is_another(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    (copy,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "&Copy"]
    copy.click()
    assert copy.text() == "Copied"
    child(dialog, QCheckBox).click()
    assert copy.text() == "&Copy"


def test_there_is_nothing_to_copy_without_a_novel(play: Play) -> None:
    async def act(stage: Stage) -> None:
        assert not stage.window.actions_.publish.isEnabled()
        await stage.open_chinese_sample(1)
        assert stage.window.actions_.publish.isEnabled()

    play(act)


def test_the_chapter_goes_to_the_clipboard_and_the_choice_is_kept(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        text = stage.text()
        stage.window.actions_.publish.trigger()
        await stage.until(lambda: stage.window.findChildren(PublishingDialog), "the dialog")
        dialog = child(stage.window, PublishingDialog)
        box = child(dialog, QComboBox)
        box.setCurrentIndex(box.findData(Platform.FANQIE))
        next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Copy").click()
        copied = QGuiApplication.clipboard().text()
        assert copied.split("\n") == [line for line in text.split("\n") if line]
        assert stage.text() == text
        dialog.close()

        def kept() -> bool:
            return stage.services.preferences.get(PublishingSettings).platform == Platform.FANQIE

        await stage.until(kept, "the choice is kept")

    play(act)


def test_a_chapter_that_was_changed_after_it_was_published_says_so(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.window.actions_.publish.trigger()
        await stage.until(lambda: stage.window.findChildren(PublishingDialog), "the dialog")
        dialog = child(stage.window, PublishingDialog)
        buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert "Not marked as published" in said
        assert not buttons["Take the mark &off"].isVisible()
        buttons["&Mark as published"].click()
        await stage.until(lambda: stage.chapter(1).published_at, "it is marked")
        await stage.until(buttons["Take the mark &off"].isVisible, "the dialog says so")
        dialog.close()
        state = child(stage.window, ChapterHeader).state_text
        await stage.until(lambda: "Published" in state() and "changed" not in state(), "it is told")
        stage.editor().moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(stage.editor(), "xyz")
        stage.window.chapter_view.flush_edits()
        await stage.until(lambda: stage.chapter(1).is_changed_since_published, "it is stored")
        await stage.until(lambda: "changed since" in state(), "it is told")

    play(act)


def test_lengths_are_told_with_separators() -> None:
    told = length_words(PublishedLength(1301, 5153, 940))
    assert [part.split(" ")[0] for part in told.split(" · ")] == ["1,301", "5,153", "940"]
