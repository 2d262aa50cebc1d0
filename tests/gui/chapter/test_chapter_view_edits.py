"""The author's changes on the page: when they are offered to be saved, and what is told of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.ui.chapter.chapter_footer import ChapterFooter
from arboris_desktop.ui.chapter.view import ChapterView
from tests.gui.chapter.chapter_samples import make_version
from tests.gui.chapter.view_parts import (
    ENGLISH,
    ONE,
    TEXT,
    TWO,
    VERSION,
    editor,
    part,
    state,
    type_at_start,
)


def saving(view: ChapterView) -> str:
    return part(view, ChapterFooter).save_text()


def test_a_change_is_offered_after_a_pause_and_told_when_saved(
    view: ChapterView, qtbot: QtBot
) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    with qtbot.waitSignal(view.text_changed_by_author) as offered:
        type_at_start(view, "So. ")
    assert offered.args == [1, "So. " + TEXT]
    assert saving(view) == "Saving…"
    assert view.has_unsaved_edits()
    view.text_saved(make_version(1, "So. " + TEXT, version_id=11))
    assert saving(view) == "Saved"
    assert not view.has_unsaved_edits()


def test_the_length_follows_the_typing(view: ChapterView, qtbot: QtBot) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "Three more words. ")
    qtbot.waitUntil(lambda: state(view) == "14 words · Written")


def test_the_version_that_an_edit_made_is_offered_with_the_others(view: ChapterView) -> None:
    original = replace(VERSION, origin=VersionOrigin.MODEL)
    view.show_chapter(ONE, original, ENGLISH, [original])
    type_at_start(view, "x")
    view.flush_edits()
    view.text_saved(make_version(1, "x" + TEXT, version_id=11))
    chooser = part(view, QComboBox)
    assert [chooser.itemData(n) for n in range(chooser.count())] == [10, 11]
    assert chooser.currentData() == 11


def test_leaving_for_another_chapter_offers_the_change_first(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    offered = QSignalSpy(view.text_changed_by_author)
    type_at_start(view, "x")
    view.show_chapter(TWO, None, ENGLISH)
    assert offered.at(0) == [1, "x" + TEXT]
    assert offered.count() == 1


def test_hiding_offers_the_change(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    offered = QSignalSpy(view.text_changed_by_author)
    type_at_start(view, "x")
    view.hide()
    assert offered.count() == 1


def test_leaving_the_editor_offers_the_change(view: ChapterView, qtbot: QtBot) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    editor(view).setFocus()
    qtbot.waitUntil(editor(view).hasFocus)
    offered = QSignalSpy(view.text_changed_by_author)
    type_at_start(view, "x")
    editor(view).clearFocus()
    assert offered.count() == 1


def test_a_slow_save_does_not_bring_the_old_text_back(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "new ")
    view.show_chapter(TWO, None, ENGLISH)
    view.show_chapter(ONE, VERSION, ENGLISH)
    assert view.current_text() == "new " + TEXT


def test_a_failed_save_is_told_and_keeps_the_text(view: ChapterView) -> None:
    view.show_chapter(ONE, VERSION, ENGLISH)
    type_at_start(view, "new ")
    view.flush_edits()
    view.save_failed(1, "The disk is full.")
    assert saving(view) == "Could not save: The disk is full."
    view.show_chapter(TWO, None, ENGLISH)
    offered = QSignalSpy(view.text_changed_by_author)
    view.flush_edits()
    assert view.current_text() == ""
    view.save_failed(1, "The disk is full.")
    view.flush_edits()
    assert offered.at(offered.count() - 1) == [1, "new " + TEXT]


def test_choosing_a_version_offers_the_change_first(view: ChapterView) -> None:
    older = make_version(1, "Older.", version_id=9)
    view.show_chapter(ONE, VERSION, ENGLISH, [older, VERSION])
    order: list[str] = []
    view.text_changed_by_author.connect(lambda *_: order.append("change"))
    view.version_selected.connect(lambda version_id: order.append(f"version {version_id}"))
    type_at_start(view, "x")
    chooser = part(view, QComboBox)
    chooser.setCurrentIndex(0)
    chooser.activated.emit(0)
    assert order == ["change", "version 9"]
