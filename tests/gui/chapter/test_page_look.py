"""The look of the page: told apart per novel, chosen in settings, and room below the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontInfo,
    QInputMethodQueryEvent,
    QPalette,
    QTextBlockFormat,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.domain.page_look import SANS_SERIF, ChineseFace, PageColour, PageLook
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.widgets.page_colours import page_palette
from arboris_desktop.ui.widgets.prose_font import chinese_faces, prose_families, prose_font
from tests.support.studio_stage import Play, Stage

TEXT = "\n\n".join(f"Paragraph {number}. It is short." for number in range(60))


@pytest.fixture
def editor(qtbot: QtBot) -> ChapterEditor:
    made = ChapterEditor()
    qtbot.addWidget(made)
    made.resize(1200, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def first_look(editor: QTextEdit) -> QTextBlockFormat:
    return editor.document().firstBlock().blockFormat()


@pytest.mark.parametrize(
    "query", [Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle]
)
@pytest.mark.parametrize("width", [500, 1200, 2400])
def test_an_input_method_is_told_where_the_cursor_is_on_the_screen(
    editor: ChapterEditor, query: Qt.InputMethodQuery, width: int
) -> None:
    editor.resize(width, 500)
    editor.show_chapter(1, TEXT)
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    QApplication.processEvents()
    event = QInputMethodQueryEvent(query)
    QApplication.sendEvent(editor, event)
    told = event.value(query).toRect()
    seen = editor.cursorRect()
    place = editor.viewport().mapTo(editor, seen.topLeft())
    assert abs(told.x() - place.x()) <= 1
    assert told.bottom() - 1 <= place.y() + seen.height() <= told.bottom() + 2


def test_half_the_view_is_free_below_the_end_of_what_can_be_edited(editor: ChapterEditor) -> None:
    editor.show_chapter(1, TEXT)
    QApplication.processEvents()
    bar, height = editor.verticalScrollBar(), editor.viewport().height()
    bar.setValue(bar.maximum())
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    bar.setValue(bar.maximum())
    assert 0.4 * height < editor.cursorRect().bottom() < 0.6 * height
    QTest.keyClicks(editor, "More.")
    assert editor.cursorRect().bottom() < height

    editor.begin_stream(TEXT)
    QApplication.processEvents()
    assert bar.maximum() < editor.document().size().height() - 0.9 * height


def test_the_page_is_as_the_settings_say(editor: ChapterEditor) -> None:
    editor.set_language(Language.CHINESE)
    editor.show_chapter(1, "雾散了。\n\n他笑了。")
    wide, line = editor.viewport().width(), first_look(editor).lineHeight()
    editor.set_page_look(PageLook(34, 220, PageColour.SEPIA, ChineseFace.KAI))
    assert editor.viewport().width() < wide
    assert first_look(editor).lineHeight() > line
    sepia = page_palette(PageColour.SEPIA).color(QPalette.ColorRole.Base)
    for paper in (editor, editor.viewport()):
        assert paper.palette().color(QPalette.ColorRole.Base) == sepia
    assert not editor.document().isUndoAvailable()
    editor.set_page_look(PageLook())
    assert (editor.viewport().width(), first_look(editor).lineHeight()) == (wide, line)
    assert editor.palette().color(QPalette.ColorRole.Base) != sepia


def test_there_is_always_a_face_for_chinese() -> None:
    assert ChineseFace.SONG in chinese_faces()


def test_english_is_set_in_the_serif_that_ships_with_the_program(qapp: QApplication) -> None:
    font = prose_font(Language.ENGLISH, 12)
    assert QFontInfo(font).family() in ("Source Serif 4", "Source Serif Pro")
    drawn = {
        (
            QFontDatabase.italic("Source Serif Pro", style),
            QFontDatabase.bold("Source Serif Pro", style),
        )
        for style in QFontDatabase.styles("Source Serif Pro")
    }
    assert len(drawn) == 4, "italic and bold are drawn by hand, not slanted and thickened"


def test_a_novel_keeps_how_its_paragraphs_are_told_apart(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        menu = stage.window.actions_.paragraphs
        assert menu.isEnabled()
        gap = next(action for action in menu.actions() if "Gap B" in action.text())
        indented = first_look(stage.editor())
        gap.trigger()
        assert first_look(stage.editor()).textIndent() == 0 < indented.textIndent()
        assert first_look(stage.editor()).bottomMargin() > 0

        def kept() -> bool:
            (novel,) = stage.services.novels.all()
            return novel.paragraphs is ParagraphStyle.GAP

        await stage.until(kept, "it is stored with the novel")
        stage.window.actions_.home.trigger()
        await stage.until(lambda: not stage.window.is_in_studio, "the novels are listed")

    play(act)


def has_chinese(family: str) -> bool:
    simplified = QFontDatabase.WritingSystem.SimplifiedChinese
    return simplified in QFontDatabase.writingSystems(family)


def test_the_author_chooses_the_family(qapp: QApplication) -> None:
    families = prose_families()
    assert "Source Serif Pro" in families
    assert not any("[" in family for family in families)
    chosen = next(each for each in families if each.startswith(("DejaVu", "Noto", "Liberation")))
    look = PageLook(family=chosen)
    assert QFontInfo(prose_font(Language.ENGLISH, 12, look)).family() == chosen
    # One without Chinese letters comes second in a Chinese novel, for the Latin ones in it.
    usual = prose_font(Language.CHINESE, 12).families()
    chinese = prose_font(Language.CHINESE, 12, look).families()
    assert set(chinese) == {*usual, chosen}
    if has_chinese(usual[0]):
        assert (chinese[0] == chosen) is has_chinese(chosen)
    sans = prose_font(Language.ENGLISH, 12, PageLook(family=SANS_SERIF))
    assert QFontInfo(sans).family() == QFontInfo(QFont()).family()
    gone = prose_font(Language.ENGLISH, 12, PageLook(family="Letters of Another Computer"))
    assert gone == prose_font(Language.ENGLISH, 12)


def test_a_chosen_family_is_on_the_page_at_once(editor: ChapterEditor) -> None:
    editor.set_text("One.\n\nTwo.")
    before = editor.font()
    editor.set_page_look(PageLook(family=SANS_SERIF))
    assert QFontInfo(editor.font()).family() == QFontInfo(QFont()).family()
    assert editor.document().defaultFont().families() == editor.font().families()
    assert editor.text() == "One.\n\nTwo."
    assert not editor.document().isUndoAvailable()
    editor.set_page_look(PageLook())
    assert editor.font() == before
