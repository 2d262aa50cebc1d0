"""Search and replace in the book, in the whole studio and with real keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.text.finding import Wanted
from arboris_desktop.ui.book_search.hit_model import HitModel, HitRole
from arboris_desktop.ui.book_search.panel import BookSearchPanel
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.codex.entry_dialog import EntryDialog
from arboris_desktop.ui.widgets.empty_state import EmptyState
from tests.support.studio_stage import Play, Stage, child

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def panel(stage: Stage) -> BookSearchPanel:
    return stage.window.search_panel


def places(stage: Stage) -> list[QModelIndex]:
    model = panel(stage).model
    rows = (model.index(row) for row in range(model.rowCount()))
    return [index for index in rows if index.data(HitRole.PLACE) is not None]


async def look_for(stage: Stage, words: str) -> None:
    """Opens the search by its keys, and types what is not in ASCII as an input method would."""
    QTest.keyClick(stage.editor(), Qt.Key.Key_F, CONTROL | SHIFT)
    assert panel(stage).isVisible()
    assert panel(stage).words.hasFocus()
    panel(stage).words.setText(words)
    await stage.until(
        lambda: panel(stage).model.hits.wanted == Wanted(words), f"{words} is looked for"
    )


def test_enter_goes_from_place_to_place_through_the_book(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        first, second = stage.stored_text(1) or "", stage.stored_text(2)
        assert not second
        words = first[40:42]
        await look_for(stage, words)
        assert len(places(stage)) == first.count(words) > 0
        assert words in str(places(stage)[0].data())
        QTest.keyClick(panel(stage).words, Qt.Key.Key_Return)
        await stage.until_shown(1)
        editor = child(stage.window.chapter_view, ChapterEditor)
        await stage.until(lambda: editor.revealed_text() == words, "the place is marked")
        start, _end = editor.selected_range()
        assert start == first.index(words)
        assert panel(stage).words.hasFocus()
        QTest.keyClick(panel(stage).words, Qt.Key.Key_Escape)
        assert editor.hasFocus()

    play(act)


def test_places_are_replaced_by_ticks_and_taken_back_in_one_step(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        before = stage.text()
        words = before[0:1]
        count = before.count(words)
        assert count > 1
        await look_for(stage, words)
        stage.window.search_panel._choose.click()
        assert stage.window.focusWidget() is panel(stage).replacement, "to be typed into"
        panel(stage).replacement.setText("X")
        unchecked = Qt.CheckState.Unchecked
        panel(stage).model.setData(places(stage)[0], unchecked, Qt.ItemDataRole.CheckStateRole)
        stage.press(f"Replace {count - 1}")
        after = words + before[1:].replace(words, "X")
        await stage.until(lambda: stage.text() == after, "all but the first are replaced")
        await stage.until(lambda: stage.stored_text(1) == after, "it is stored")
        await stage.until(lambda: len(places(stage)) == 1, "the list follows")
        assert panel(stage).result() == f"{count - 1} places replaced"
        QTest.keyClick(stage.editor(), Qt.Key.Key_Z, CONTROL)
        assert stage.text() == before
        QTest.keyClick(stage.editor(), Qt.Key.Key_Y, CONTROL)
        await stage.until(
            lambda: not stage.window.chapter_view.has_unsaved_edits(), "the steps are saved"
        )
        await stage.until(lambda: len(places(stage)) == 1, "the list follows")
        checked = Qt.CheckState.Checked
        panel(stage).model.setData(places(stage)[0], checked, Qt.ItemDataRole.CheckStateRole)
        await stage.until(lambda: stage.can_press("Replace 1"), "the last can be replaced too")
        stage.press("Replace 1")
        await stage.until(lambda: not places(stage), "nothing is left")
        assert not child(panel(stage), EmptyState).isVisible(), "no picture without words"

    play(act)


def test_the_last_replacement_is_undone_for_all_chapters(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        before = stage.text()
        await look_for(stage, before[0:1])
        stage.window.search_panel._choose.click()
        stage.press("Replace ")
        await stage.until(lambda: stage.can_press("Undo"), "it can be taken back")
        await stage.until(lambda: stage.text() == before.replace(before[0], ""), "it is shown")
        assert not child(panel(stage), EmptyState).text(), "nothing is to be looked for otherwise"
        undo = next(b for b in panel(stage).findChildren(QPushButton) if b.text() == "Undo")
        undo.setFocus()
        QTest.keyClick(undo, Qt.Key.Key_Space)
        await stage.until(lambda: stage.text() == before, "it is as before")
        assert stage.stored_text(1) == before
        assert panel(stage).result() == "1 chapter as before"
        assert panel(stage).words.hasFocus(), "the button that had the keyboard is gone"

    play(act)


def test_a_search_is_told_at_once_and_what_was_found_before_is_not_replaced(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        words, others = stage.text()[0:1], stage.text()[1:3]
        QTest.keyClick(stage.editor(), Qt.Key.Key_F, CONTROL | SHIFT)
        panel(stage)._choose.click()
        panel(stage).words.setText(words)
        assert panel(stage).result() == "Searching the book…"
        assert not stage.can_press("Replace ")
        await stage.until(lambda: len(places(stage)) > 0, "its places are found")
        assert "in 1 chapter" in panel(stage).result()
        assert stage.can_press("Replace ")
        panel(stage).words.setText(others)
        assert panel(stage).result() == "Searching the book…"
        assert len(places(stage)) > 0  # the list does not flicker
        assert not stage.can_press("Replace ")
        panel(stage).words.setText(words)
        assert "in 1 chapter" in panel(stage).result()
        assert stage.can_press("Replace ")
        panel(stage).words.clear()
        assert panel(stage).result() == ""
        await stage.until(lambda: not places(stage), "nothing is listed")

    play(act)


def test_typing_on_is_followed(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        assert "listed here while you type" in child(panel(stage), EmptyState).text()
        await look_for(stage, "qzq")
        assert panel(stage).result() == "Not found"
        assert child(panel(stage), EmptyState).isVisible()
        assert "fewer words" in child(panel(stage), EmptyState).text()
        QTest.keyClicks(stage.editor(), "qzq ")
        await stage.until(lambda: len(places(stage)) == 1, "what was just typed is found")
        assert not child(panel(stage), EmptyState).isVisible()
        panel(stage)._choose.click()
        tick = Qt.ItemDataRole.CheckStateRole
        panel(stage).model.setData(places(stage)[0], Qt.CheckState.Unchecked, tick)
        QTest.keyClick(stage.editor(), Qt.Key.Key_Home, CONTROL)
        QTest.keyClicks(stage.editor(), "Now qzq, ")
        await stage.until(lambda: len(places(stage)) == 2, "the second is found before it")
        ticks = [Qt.CheckState(index.data(tick)) for index in places(stage)]
        assert ticks == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
        panel(stage)._options._pattern.click()
        panel(stage).words.setText("q(")
        await stage.until(
            lambda: panel(stage).result() == "Incomplete pattern", "the pattern is told"
        )
        assert places(stage) == []
        panel(stage).show_nothing()
        assert panel(stage).model.rowCount() == 0

    play(act)


def test_the_model_keeps_the_rules_of_models(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        model = panel(stage).model
        tester = QAbstractItemModelTester(
            model, QAbstractItemModelTester.FailureReportingMode.Warning
        )
        await look_for(stage, stage.text()[0])
        model.set_choosing(True)
        heading = model.index(0)
        check = Qt.ItemDataRole.CheckStateRole
        model.setData(heading, Qt.CheckState.Unchecked, check)
        assert sum(map(len, model.chosen().values())) == 0
        model.setData(model.index(1), Qt.CheckState.Checked, check)
        assert heading.data(check) in (Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked)
        del tester

    play(act)


def test_a_name_that_changes_in_the_codex_can_be_changed_everywhere(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        before = stage.text()
        old = before[0:2]
        novel = stage.studio.library.contents
        assert novel is not None
        project_id = novel.project.id
        entry_id = stage.services.codex.add_entry(project_id, EntryKind.CHARACTER, old)
        stage.studio.library.refresh()
        await stage.until(lambda: old in stage.codex_names(), "the character is listed")
        (entry,) = stage.services.codex.entries(project_id)
        stage.window.codex_panel.details.edit_requested.emit(entry)
        await stage.until(lambda: stage.window.findChildren(EntryDialog), "it is asked for")
        (dialog,) = stage.window.findChildren(EntryDialog)
        dialog._name.setText("Nell")
        dialog.accept()
        await stage.until(lambda: len(places(stage)) == before.count(old), "it is found")
        assert panel(stage).replacement.text() == "Nell"
        await stage.until(lambda: stage.can_press("Replace "), "it can be replaced")
        stage.press("Replace ")
        await stage.until(lambda: stage.text() == before.replace(old, "Nell"), "everywhere")
        assert [each.name for each in stage.services.codex.entries(project_id)] == ["Nell"]
        assert entry.id == entry_id

    play(act)


def test_an_empty_model_has_no_rows() -> None:
    assert HitModel().rowCount() == 0
