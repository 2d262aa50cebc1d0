from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language, VersionOrigin
from arboris_desktop.ui.chapter.chapter_footer import ChapterFooter, SaveState
from tests.gui.chapter.chapter_samples import NOW, make_version

MODEL = make_version(1, "a", version_id=1, origin=VersionOrigin.MODEL)
AUTHOR = make_version(1, "b", version_id=2)


@pytest.fixture
def footer(qtbot: QtBot) -> ChapterFooter:
    made = ChapterFooter(clock=lambda: NOW)
    qtbot.addWidget(made)
    made.show()
    return made


def chooser(footer: ChapterFooter) -> QComboBox:
    found = footer.findChild(QComboBox)
    assert found is not None
    return found


def test_versions_say_who_made_them_and_when(footer: ChapterFooter) -> None:
    footer.show_versions([MODEL, AUTHOR], 2)
    time = f"{NOW.astimezone():%H:%M}"
    assert footer.version_names() == [
        f"Draft by {MODEL.provider.partition('/')[2] or MODEL.provider or 'a model'}, today {time}",
        f"Your version, today {time}",
    ]
    assert chooser(footer).currentData() == 2


def test_older_versions_have_a_date(qtbot: QtBot) -> None:
    footer = ChapterFooter(clock=lambda: NOW + timedelta(days=3))
    qtbot.addWidget(footer)
    footer.show_versions([MODEL, AUTHOR], 1)
    assert "26" in footer.version_names()[0]


def test_a_single_version_is_nothing_to_choose_from(footer: ChapterFooter) -> None:
    footer.show_versions([MODEL], 1)
    assert not chooser(footer).isVisible()
    footer.show_versions([MODEL, AUTHOR], 1)
    assert chooser(footer).isVisible()


def test_what_is_selected_takes_the_place_of_a_label(footer: ChapterFooter) -> None:
    footer.show_versions([MODEL, AUTHOR], 2)
    label = next(each for each in footer.findChildren(QLabel) if each.buddy() is chooser(footer))
    assert label.isVisible()
    footer.show_selection("Two words", Language.ENGLISH)
    assert not label.isVisible()
    assert chooser(footer).isVisible()
    footer.show_selection("", Language.ENGLISH)
    assert label.isVisible()
    footer.show_versions([MODEL], 1)
    assert not label.isVisible()


def test_only_the_authors_choice_is_told(footer: ChapterFooter) -> None:
    chosen = QSignalSpy(footer.version_selected)
    footer.show_versions([MODEL, AUTHOR], 2)
    assert chosen.count() == 0
    QTest.keyClick(chooser(footer), Qt.Key.Key_Up)
    assert chosen.at(0) == [1]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SaveState.UNCHANGED, ""),
        (SaveState.SAVING, "Saving…"),
        (SaveState.SAVED, "Saved"),
        (SaveState.FAILED, "Could not save: the disk is full"),
    ],
)
def test_saving_is_told_in_words(footer: ChapterFooter, state: SaveState, words: str) -> None:
    footer.show_save_state(state, "the disk is full")
    assert footer.save_text() == words


def test_all_words_follow_the_language_of_the_window(footer: ChapterFooter) -> None:
    said = ["1,200 tokens"]
    footer.show_cost(lambda: said[0])
    footer.show_selection("two words", Language.ENGLISH)
    assert footer.selection_text() == "Selected: 2 words"
    said[0] = "1,200 token"
    QApplication.sendEvent(footer, QEvent(QEvent.Type.LanguageChange))
    assert footer.cost_text() == "1,200 token"
    assert footer.selection_text() == "Selected: 2 words"
