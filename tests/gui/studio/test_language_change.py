"""The lasting widgets of the writing side follow when the window's language changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.novels.project_tree import ProjectTree
from arboris_desktop.ui.novels.start_page import StartPage
from tests.gui.bracket_translator import said
from tests.gui.chapter.chapter_samples import (
    NOW,
    make_chapter,
    make_draft,
    make_novel,
    make_version,
    make_volume,
)


def start_page() -> QWidget:
    page = StartPage(clock=lambda: NOW)
    page.show_novels([make_novel()])
    return page


def project_tree() -> QWidget:
    tree = ProjectTree()
    tree.show_novel(make_novel(title=""), [make_volume(1, 1)], [make_chapter(1, volume_id=1)])
    return tree


def read_chapter() -> QWidget:
    view = ChapterView()
    versions = [make_version(1, "a"), make_version(1, "b", version_id=11)]
    view.show_chapter(make_chapter(1, written=True), versions[0], Language.ENGLISH, versions)
    view.save_failed(1, "")
    return view


def planned_chapter() -> QWidget:
    view = ChapterView()
    view.show_chapter(make_chapter(1, outline=""), None, Language.ENGLISH)
    return view


def growing_chapter() -> QWidget:
    view = ChapterView()
    view.show_chapter(make_chapter(1), None, Language.ENGLISH)
    view.begin_writing(make_chapter(1))
    return view


def offered_draft() -> QWidget:
    view = ChapterView()
    view.show_chapter(make_chapter(1), None, Language.ENGLISH)
    view.offer_draft(make_draft(1, "Half"))
    return view


def failed_chapter() -> QWidget:
    view = ChapterView()
    view.show_chapter(make_chapter(1), None, Language.ENGLISH)
    view.show_failure(1, ErrorKind.STALLED, "x", False)
    return view


# Words of the author, or names.
OWN = ("Nell finds the gap", "Title 1", "The Long Ebb", "[Arboris", "qt_")


@pytest.mark.parametrize(
    "make",
    [
        start_page,
        project_tree,
        read_chapter,
        planned_chapter,
        growing_chapter,
        offered_draft,
        failed_chapter,
    ],
)
def test_no_word_stays_in_the_old_language(
    qtbot: QtBot, switch_language: Callable[[], None], make: Callable[[], QWidget]
) -> None:
    widget = make()
    qtbot.addWidget(widget)
    before = said(widget)
    switch_language()
    after = said(widget)
    assert len(after) == len(before) > 5
    left = [word for word in after if "[" not in word and not any(own in word for own in OWN)]
    assert left == []


def test_the_tree_announces_its_new_names(
    qtbot: QtBot, switch_language: Callable[[], None]
) -> None:
    tree = project_tree()
    assert isinstance(tree, ProjectTree)
    qtbot.addWidget(tree)
    switch_language()
    assert tree.model.index(0, 0).data() == "[Volume 1]"
