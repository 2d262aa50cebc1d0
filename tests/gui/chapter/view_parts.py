"""The parts of the page that its tests look at."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.view import ChapterView
from tests.gui.chapter.chapter_samples import make_chapter, make_version

ONE = make_chapter(1, written=True)
TWO = make_chapter(2)
TEXT = "Nell did not look up at once. “Broke how?”\n\n“她😀说。”"
VERSION = make_version(1, TEXT, version_id=10)
ENGLISH = Language.ENGLISH
Part = TypeVar("Part", bound=QWidget)


def part(view: ChapterView, kind: type[Part]) -> Part:
    found = view.findChild(kind)
    assert found is not None
    return found


def editor(view: ChapterView) -> ChapterEditor:
    return part(view, ChapterEditor)


def state(view: ChapterView) -> str:
    return part(view, ChapterHeader).state_text()


def button(view: ChapterView, text: str) -> QPushButton:
    return next(b for b in view.findChildren(QPushButton) if b.text() == text and b.isVisible())


def type_at_start(view: ChapterView, text: str) -> None:
    QTest.keyClicks(editor(view), text)
