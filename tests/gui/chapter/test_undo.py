"""Undo outlives saving, other chapters, and what a model writes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import ChapterVersion, Language, VersionOrigin
from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.editor.document_cache import KEPT_CHAPTERS
from arboris_desktop.ui.chapter.view import ChapterView
from tests.gui.chapter.chapter_samples import make_chapter, make_version

PARAGRAPHS = "\n\n".join(f"Paragraph {n} of a long “chapter” 😀." for n in range(80))
CONTROL = Qt.KeyboardModifier.ControlModifier


def version(chapter_id: int, text: str = "") -> ChapterVersion:
    return make_version(chapter_id, text or PARAGRAPHS, version_id=chapter_id * 10)


@pytest.fixture
def view(view: ChapterView) -> ChapterView:
    """The page, whose texts are all saved, as the desk would do it."""
    view.text_changed_by_author.connect(
        lambda chapter_id, text: view.text_saved(
            replace(version(chapter_id, text), origin=VersionOrigin.AUTHOR)
        )
    )
    return view


def show(view: ChapterView, shown: ChapterVersion) -> None:
    chapter = make_chapter(shown.chapter_id, written=True)
    view.show_chapter(chapter, shown, Language.ENGLISH)


def editor(view: ChapterView) -> ChapterEditor:
    found = view.findChild(ChapterEditor)
    assert found is not None
    return found


def undo(view: ChapterView) -> None:
    QTest.keyClick(editor(view), Qt.Key.Key_Z, CONTROL)


def test_saving_leaves_undo(view: ChapterView, qtbot: QtBot) -> None:
    show(view, version(1))
    QTest.keyClicks(editor(view), "So ")
    qtbot.waitUntil(lambda: not view.has_unsaved_edits())
    undo(view)
    assert view.current_text() == PARAGRAPHS


def test_either_usual_key_does_again_what_was_undone(view: ChapterView) -> None:
    view.show_chapter(make_chapter(1, written=True), version(1), Language.ENGLISH)
    editor = view.findChild(ChapterEditor)
    assert editor is not None
    QTest.keyClicks(editor, "Rain. ")
    for shift, key in ((True, Qt.Key.Key_Z), (False, Qt.Key.Key_Y)):
        QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
        assert view.current_text() == PARAGRAPHS
        held = CONTROL | Qt.KeyboardModifier.ShiftModifier if shift else CONTROL
        QTest.keyClick(editor, key, held)
        assert view.current_text() == f"Rain. {PARAGRAPHS}"


def test_another_chapter_and_back_leaves_undo_and_the_place(view: ChapterView) -> None:
    show(view, version(1))
    editor(view).select(1500, 1510)
    QTest.keyClicks(editor(view), "X")
    scrolled, typed = editor(view).verticalScrollBar().value(), view.current_text()
    assert scrolled > 0
    show(view, version(2, "Another."))
    assert view.current_text() == "Another."
    QTest.keyClicks(editor(view), "Y")
    show(view, version(1, typed))
    assert view.current_text() == typed
    assert editor(view).verticalScrollBar().value() == scrolled
    assert editor(view).selected_range() == (1501, 1501)
    undo(view)
    assert view.current_text() == PARAGRAPHS
    show(view, version(2, "YAnother."))
    undo(view)
    assert view.current_text() == "Another."


def test_the_last_twenty_chapters_are_kept(view: ChapterView) -> None:
    for chapter_id in range(1, KEPT_CHAPTERS + 3):
        show(view, version(chapter_id, "Text."))
        QTest.keyClicks(editor(view), "X")
    show(view, version(2, "XText."))
    undo(view)
    assert view.current_text() == "Text."
    show(view, version(1, "XText."))
    undo(view)
    assert view.current_text() == "XText."


def test_what_a_model_writes_is_one_step_to_undo(view: ChapterView) -> None:
    show(view, version(1))
    QTest.keyClicks(editor(view), "So ")
    chapter = make_chapter(1, written=True)
    view.begin_writing(chapter)
    for word in ("She ", "went.\n\n", "It ", "rained."):
        view.append(1, word)
    view.finish_writing(make_version(1, "She went.\n\nIt rained.", version_id=77))
    assert view.current_text() == "She went.\n\nIt rained."
    undo(view)
    assert view.current_text() == f"So {PARAGRAPHS}"
    undo(view)
    assert view.current_text() == PARAGRAPHS


def test_another_version_is_one_step_to_undo_and_leaves_the_place(view: ChapterView) -> None:
    show(view, version(1))
    editor(view).select(1500, 1500)
    scrolled = editor(view).verticalScrollBar().value()
    show(view, version(1, f"{PARAGRAPHS}\n\nThe end."))
    assert editor(view).verticalScrollBar().value() == scrolled
    assert editor(view).selected_range() == (1500, 1500)
    undo(view)
    assert view.current_text() == PARAGRAPHS


def test_a_first_text_cannot_be_undone(view: ChapterView) -> None:
    show(view, version(1))
    assert not editor(view).document().isUndoAvailable()
    undo(view)
    assert view.current_text() == PARAGRAPHS


def test_nothing_is_kept_of_a_novel_that_ended(view: ChapterView) -> None:
    show(view, version(1))
    QTest.keyClicks(editor(view), "X")
    view.end_novel()
    show(view, version(1, "A new chapter of that number."))
    undo(view)
    assert view.current_text() == "A new chapter of that number."


def test_words_are_found_in_the_chapter_that_is_shown(view: ChapterView, qtbot: QtBot) -> None:
    show(view, version(1, "one lantern"))
    view.find_words()
    page = view._page
    page.find_bar.words.setText("lantern")
    assert page.find_bar.result() == "1 of 1"
    show(view, version(2, "two lanterns and a lantern"))
    qtbot.waitUntil(lambda: page.find_bar.result() == "2 found")
    QTest.keyClicks(editor(view), "lantern ")
    qtbot.waitUntil(lambda: page.find_bar.result() == "3 found")


def test_undo_of_a_replacement_everywhere_leaves_the_author_where_they_were(
    view: ChapterView,
) -> None:
    show(view, version(1))
    page = editor(view)
    text = page.text()
    cursor = page.textCursor()
    cursor.setPosition(len(text) // 2)
    page.setTextCursor(cursor)
    here = page.textCursor().position()
    found = [Span(at.start(), at.end()) for at in re.finditer("long", text)]
    page.replace_spans([(span, "short") for span in found])
    assert "long" not in page.text()
    undo(view)
    assert page.text() == text
    assert page.textCursor().position() == here
