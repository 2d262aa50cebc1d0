"""The window comes back where the author was: novel, chapter, place in the text, size of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.chapter.surface import ZOOMS
from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.novels.places import AuthorPlace, AuthorPlaces
from tests.gui.chapter.chapter_samples import make_chapter, make_version
from tests.support.studio_stage import Play, Stage, child


def ways_back(stage: Stage) -> list[QPushButton]:
    """The button that leads back, while it is offered."""
    return [
        button
        for button in stage.window.start_page.findChildren(QPushButton)
        if button.isVisible() and button.text().startswith("Continue writing: ")
    ]


def test_the_next_start_leads_back_to_the_chapter_and_the_place_in_it(play: Play) -> None:
    places: list[int] = []

    async def write(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        await stage.open_chapter(1)
        editor = stage.editor()
        editor.moveCursor(QTextCursor.MoveOperation.End)
        editor.moveCursor(QTextCursor.MoveOperation.PreviousBlock)
        places.append(editor.textCursor().position())
        stage.window.side.open_panel(Panel.CODEX)
        stage.window.actions_.zoom_in.trigger()

    async def come_back(stage: Stage) -> None:
        await stage.until(lambda: ways_back(stage), "the way back is offered")
        ways_back(stage)[0].click()
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "a chapter is shown")
        await stage.until_shown(1)
        assert stage.editor().textCursor().position() == places[0]
        assert stage.editor().verticalScrollBar().value() > 0
        assert stage.window.side.shown is Panel.CODEX
        assert stage.window.chapter_view.zoom == 110

    play(write)
    play(come_back)


def test_a_kill_loses_no_place_and_enter_leads_back(play: Play) -> None:
    places: list[int] = []

    async def write(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.editor().moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(stage.editor(), "So.")
        await stage.until(lambda: str(stage.stored_text(1)).endswith("So."), "it is stored")
        last = stage.studio.library._places.last(stage.studio.library.project_id or "")
        assert last is not None
        places.append(last.position)
        assert last.position == stage.editor().textCursor().position()

    async def come_back(stage: Stage) -> None:
        await stage.until(lambda: ways_back(stage), "the way back is offered")
        assert ways_back(stage)[0] is stage.window.focusWidget()
        QTest.keyClick(ways_back(stage)[0], Qt.Key.Key_Return)
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "a chapter is shown")
        await stage.until(stage.editor().hasFocus, "it has the keyboard")
        assert stage.editor().textCursor().position() == places[0]

    play(write)
    play(come_back)


def test_the_list_of_novels_leads_back_too(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(3)
        stage.window.actions_.home.trigger()
        await stage.until(lambda: ways_back(stage), "the way back is offered")
        ways_back(stage)[0].click()
        await stage.until(lambda: stage.window.is_in_studio, "the novel is open")
        await stage.until_shown(3)

    play(act)


def test_the_keyboard_is_in_the_text_when_a_novel_opens(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.press("Chinese sample")
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "the sample is open")
        await stage.until(lambda: QApplication.focusWidget() is stage.editor(), "one can type")

    play(act)


def test_places_are_kept_per_novel_and_survive_nonsense(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    places = AuthorPlaces(settings)
    assert places.last("pq") is None
    first, second = AuthorPlace("p", 1, "1. One"), AuthorPlace("q", 7, "第七章, “七”", 4, 90)
    places.remember(first)
    places.remember(second)
    settings.sync()
    again = AuthorPlaces(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    assert again.last("pq") == second
    assert again.last("p") == first, "the other novel was deleted"
    assert again.of_novel("p") == first
    assert again.of_novel("x") is None
    places.remember(first)
    assert places.last("pq") == first
    for nonsense in ("", "[1]", '[{"a": 1}]', "{"):
        settings.setValue("places", nonsense)
        assert places.last("pq") is None


def test_the_text_is_made_larger_and_smaller_within_reason(qtbot: object) -> None:
    view = ChapterView(font_points=10)
    view.show_chapter(make_chapter(1), make_version(1, "A lantern."), Language.ENGLISH)
    editor = child(view, type(view._editor))

    def steps(step: Callable[[], None]) -> list[int]:
        seen = []
        for _ in ZOOMS:
            step()
            seen.append(view.zoom)
        return seen

    assert steps(view.zoom_in)[-1] == ZOOMS[-1]
    assert editor.font().pointSize() == 25
    assert steps(view.zoom_out)[-1] == ZOOMS[0]
    view.set_zoom(100)
    assert editor.font().pointSize() == 10
    view.set_font_points(20)
    assert editor.font().pointSize() == 20
    view.deleteLater()


def test_while_a_novel_opens_no_field_takes_what_is_typed(play: Play) -> None:
    async def act(stage: Stage) -> None:
        given: list[QWidget | None] = []
        await stage.until(lambda: stage.can_press("Chinese sample"), "the start page is there")
        stage.window.activateWindow()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(lambda _old, new: given.append(new))
        await stage.open_chinese_sample(1)
        stage.window.chapter_view.take_focus()
        await stage.until(lambda: stage.editor() in given, "the page has the keyboard")
        assert [each for each in given if isinstance(each, QLineEdit)] == []

    play(act)
