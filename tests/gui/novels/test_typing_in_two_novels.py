"""Typed text goes into the novel that is open, whichever was open before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from arboris_desktop.domain.blueprint import BlueprintField, BlueprintPart
from arboris_desktop.domain.concept import Topic
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.services import Services
from arboris_desktop.ui.blueprint.page import BlueprintPage
from arboris_desktop.ui.chapter.editable_title import EditableTitle
from arboris_desktop.ui.chapter.plan_popover import PlanPopover
from arboris_desktop.ui.concept.page import ConceptPage
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.novels.novel_ways import (
    WAYS,
    Novels,
    Way,
    begin_novel,
    go_home,
    open_from_list,
    over_a_notification,
    over_deleting,
    over_the_list,
    settled,
    type_words,
    until_open,
)
from tests.support.studio_stage import Play, Stage, child, open_services
from tests.support.two_novels import MarkedNovel

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

FIRST, SECOND = "first雾 ", "second雨 "


async def click_into(stage: Stage, widget: QWidget) -> None:
    """Gives a field the focus as a hand does."""
    stage.window.activateWindow()
    await stage.until(stage.window.isActiveWindow, "the window is in front")
    target = widget.viewport() if isinstance(widget, QTextEdit | QPlainTextEdit) else widget
    assert target.isVisible()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(5, target.height() // 2))
    assert QApplication.focusWidget() is widget


def type_into_focus(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    type_words(focus, words)


def stored(services: Services, novel_id: str, number: int) -> str:
    """The text of a chapter in the database."""
    chapters = services.novels.open(novel_id).chapters
    version = services.editing.open(chapters[number - 1].id).version
    return "" if version is None else version.content


def undo_everything() -> None:
    """Presses Ctrl+Z more often than anything was typed."""
    focus = QApplication.focusWidget()
    assert focus is not None
    for _ in range(20):
        QTest.keyClick(focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


async def begin_in_first(stage: Stage, first: MarkedNovel) -> None:
    stage.studio.library.open_novel(first.id)
    await until_open(stage, first.mark)
    await settled(stage)
    await stage.open_chapter(1)


async def first_words_in(stage: Stage, way: Way) -> None:
    """Comes to where the second novel's first chapter can be typed into."""
    if way is not over_a_notification:
        await stage.open_chapter(1)
    await settled(stage)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_chapter_of_the_open_novel_is_typed_into(play: Play, novels: Novels, way: Way) -> None:
    first, _ = novels

    async def act(stage: Stage) -> None:
        await begin_in_first(stage, first)
        await click_into(stage, stage.editor())
        stage.editor().moveCursor(QTextCursor.MoveOperation.Start)
        type_into_focus(FIRST)
        was = stage.text()
        assert FIRST in was

        await way(stage, novels)
        await settled(stage)
        shown = stage.window.chapter_view.chapter_id
        assert shown is None or shown in [chapter.id for chapter in stage.chapters()]
        await first_words_in(stage, way)
        assert first.mark not in stage.text()
        await click_into(stage, stage.editor())
        stage.editor().moveCursor(QTextCursor.MoveOperation.Start)
        type_into_focus(SECOND)
        QTest.keyClick(stage.editor(), Qt.Key.Key_Return)

        open_id = stage.studio.library.project_id
        assert open_id is not None
        await stage.until(
            lambda: stored(stage.services, open_id, 1).startswith(SECOND.strip()), "it is saved"
        )
        undo_everything()
        assert FIRST not in stage.text()
        assert first.mark not in stage.text()
        left = [novel.id for novel in stage.services.novels.all()]
        if first.id in left:
            assert stored(stage.services, first.id, 1) == was
        assert open_id != first.id

    play(act)


def test_without_a_click_the_text_is_of_the_novel_in_the_title(
    play: Play, world: dict[str, str]
) -> None:
    services = open_services(world)
    ids = []
    for title in ("Ebb", "Flood"):
        plans = (OutlineChapter(f"{title} 1"), OutlineChapter(f"{title} 2"))
        novel = NewNovel(title, volumes=(OutlineVolume("", plans),))
        ids.append(services.novels.create(novel))
        for chapter in services.novels.open(ids[-1]).chapters:
            services.editing.save(chapter.id, f"{title} {chapter.number}.", None)
    services.close()

    async def act(stage: Stage) -> None:
        await open_from_list(stage, "Ebb")
        await stage.open_chapter(2)
        await go_home(stage)
        await open_from_list(stage, "Flood")
        await settled(stage)

        assert stage.text() == "Flood 1."
        await click_into(stage, stage.editor())
        stage.editor().moveCursor(QTextCursor.MoveOperation.Start)
        type_into_focus("x")
        await stage.until(lambda: stored(stage.services, ids[1], 1) == "xFlood 1.", "it is saved")
        assert [stored(stage.services, ids[0], n) for n in (1, 2)] == ["Ebb 1.", "Ebb 2."]

        await go_home(stage)
        await open_from_list(stage, "Ebb")
        await settled(stage)
        assert stage.text() in ("Ebb 1.", "Ebb 2.")

    play(act)


@dataclass(frozen=True)
class Field:
    """Something of a novel that is typed into, at a stage of the book."""

    at: BookStage
    find: Callable[[Stage], QWidget]
    stored: Callable[[Services, MarkedNovel], str]


def _outline_plan(stage: Stage) -> QWidget:
    page = child(stage.window, OutlinePage)
    page.tree.select_chapter(stage.chapter(1).id)
    return child(page.chapter_form, QPlainTextEdit)


def _outline_title(stage: Stage) -> QWidget:
    _outline_plan(stage)
    return child(child(stage.window, OutlinePage).chapter_form, QLineEdit)


def _header_plan(stage: Stage) -> QWidget:
    stage.window.chapter_stage.show_text(None)  # Instead of the second novel's candidates.
    stage.window.chapter_view.header._open_plan()
    return child(child(stage.window, PlanPopover), QPlainTextEdit)


def _header_title(stage: Stage) -> QWidget:
    stage.window.chapter_stage.show_text(None)
    title = child(stage.window.chapter_view.header, EditableTitle)
    title.edit()
    return child(title, QLineEdit)


def _blueprint(stage: Stage, field: BlueprintField, part: BlueprintPart) -> QWidget:
    page = child(stage.window, BlueprintPage)
    page.show_part(part)
    return child(page.field(field), GrowingEdit)


def _brief(stage: Stage) -> QWidget:
    return child(child(stage.window, ConceptPage).brief_panel.card(Topic.GENRE), QPlainTextEdit)


FIELDS = {
    "brief": Field(
        BookStage.IDEA,
        _brief,
        lambda services, novel: services.concept.open(novel.id).brief.note(Topic.GENRE).text,
    ),
    "blueprint": Field(
        BookStage.BLUEPRINT,
        lambda stage: _blueprint(stage, BlueprintField.TITLE, BlueprintPart.BASICS),
        lambda services, novel: services.blueprint.open(novel.id).blueprint.title,
    ),
    "character": Field(
        BookStage.BLUEPRINT,
        lambda stage: _blueprint(stage, BlueprintField.CHARACTERS, BlueprintPart.CHARACTERS),
        lambda services, novel: services.blueprint.open(novel.id).blueprint.characters[0].name,
    ),
    "plan": Field(
        BookStage.OUTLINE,
        _outline_plan,
        lambda services, novel: services.outline_editing.open(novel.id).chapters[0].plan,
    ),
    "plan above the text": Field(
        BookStage.CHAPTERS,
        _header_plan,
        lambda services, novel: "\n".join(
            chapter.plan for chapter in services.outline_editing.open(novel.id).chapters
        ),
    ),
    "title above the text": Field(
        BookStage.CHAPTERS,
        _header_title,
        lambda services, novel: "\n".join(
            chapter.title for chapter in services.outline_editing.open(novel.id).chapters
        ),
    ),
    "title": Field(
        BookStage.OUTLINE,
        _outline_title,
        lambda services, novel: services.outline_editing.open(novel.id).chapters[0].title,
    ),
}


@pytest.mark.parametrize("field", FIELDS.values(), ids=list(FIELDS))
def test_a_field_of_the_open_novel_is_typed_into(play: Play, novels: Novels, field: Field) -> None:
    first, second = novels

    async def act(stage: Stage) -> None:
        await begin_in_first(stage, first)
        stage.window.workspace.show_stage(field.at)
        await settled(stage)
        await click_into(stage, field.find(stage))
        type_into_focus(FIRST)
        before = field.stored(stage.services, second)

        # At once, before anything is saved, and typing on.
        stage.studio.library.open_novel(second.id)
        if (focus := QApplication.focusWidget()) is not None:
            type_words(focus, "lost")
        await until_open(stage, second.mark)
        stage.window.workspace.show_stage(field.at)
        await settled(stage)
        await click_into(stage, field.find(stage))
        undo_everything()
        type_into_focus(SECOND)

        await stage.until(lambda: SECOND.strip() in field.stored(stage.services, second), "saved")
        assert FIRST.strip() in field.stored(stage.services, first)
        mine = field.stored(stage.services, second)
        assert mine.replace(SECOND, "").replace(SECOND.strip(), "") == before
        assert SECOND.strip() not in field.stored(stage.services, first)

    play(act)


def test_what_was_being_answered_waits_in_its_own_novel(play: Play, novels: Novels) -> None:
    first, second = novels

    async def act(stage: Stage) -> None:
        await begin_in_first(stage, first)
        stage.window.workspace.show_stage(BookStage.IDEA)
        await settled(stage)
        box = child(stage.window, ConceptPage).answer_box
        await click_into(stage, child(box, QPlainTextEdit))
        type_into_focus(FIRST)
        await over_the_list(stage, novels)
        stage.window.workspace.show_stage(BookStage.IDEA)
        await settled(stage)
        assert box.text() == ""
        await click_into(stage, child(box, QPlainTextEdit))
        type_into_focus(SECOND)
        await over_the_list(stage, (second, first))
        await settled(stage)
        assert box.text() == FIRST.strip()

    play(act)


def test_a_new_novel_gets_nothing_from_a_deleted_one(play: Play, novels: Novels) -> None:
    """Also where the database gives the ids of deleted chapters again."""
    _, last = novels

    async def act(stage: Stage) -> None:
        await begin_in_first(stage, last)
        await click_into(stage, stage.editor())
        type_into_focus(FIRST)
        await over_deleting(stage, (last, novels[0]))
        await begin_novel(stage, "Third")
        await stage.open_chapter(1)
        await settled(stage)
        assert stage.window.chapter_view.unsaved_texts() == {}
        assert stage.text() == ""
        await click_into(stage, stage.editor())
        type_into_focus(SECOND)
        await stage.until(lambda: stage.stored_text(1) == SECOND.strip(), "it is saved")

    play(act)
