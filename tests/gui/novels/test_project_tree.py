from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QProgressBar, QToolButton, QTreeView
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.ui.novels.chapter_tree_model import ChapterTreeModel, TreeRole
from arboris_desktop.ui.novels.project_tree import ProjectTree
from arboris_desktop.ui.widgets.empty_state import EmptyState
from tests.gui.chapter.chapter_samples import make_chapter, make_novel, make_volume

# The offscreen platform cannot do what a popup asks for, and says so.
popup = pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard"
)


@pytest.fixture
def tree(qtbot: QtBot) -> ProjectTree:
    made = ProjectTree()
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    show(made, written=1)
    return made


def show(tree: ProjectTree, *, written: int, count: int = 4) -> None:
    chapters = [
        make_chapter(n, volume_id=1 + n % 2, written=n <= written) for n in range(1, count + 1)
    ]
    tree.show_novel(make_novel(), [make_volume(1, 1, "Ebb"), make_volume(2, 2, "Flood")], chapters)


def view(tree: ProjectTree) -> QTreeView:
    found = tree.findChild(QTreeView)
    assert found is not None
    return found


def labels(tree: ProjectTree) -> list[str]:
    return [label.text() for label in tree.findChildren(QLabel)]


def test_the_novel_and_its_progress_are_shown(tree: ProjectTree) -> None:
    assert "1 of 4 chapters · 400 words" in labels(tree)
    bar = tree.findChild(QProgressBar)
    assert bar is not None
    assert (bar.value(), bar.maximum()) == (1, 4)


def shown_rows(tree: ProjectTree) -> list[str]:
    widget, found = view(tree), []
    index = widget.model().index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = widget.indexBelow(index)
    return found


def test_a_chapter_is_found_by_a_part_of_its_name_or_its_number(tree: ProjectTree) -> None:
    field = tree.findChild(QLineEdit)
    assert field is not None
    everything = shown_rows(tree)
    name = str(tree.model.index_of(3).data())
    volume = str(tree.model.index_of(3).parent().data())
    for words in (name[3:].upper(), f" {name[3:].replace(' ', '  ')} ", "3"):
        field.setText(words)
        visible = shown_rows(tree)
        assert name in visible
        assert volume in visible, "a volume stays with its chapters"
        assert len(visible) < len(everything)
    field.clear()
    assert shown_rows(tree) == everything


def test_rows_are_30_pixels_high_with_the_length_at_the_right(tree: ProjectTree) -> None:
    index = tree.model.index_of(1)
    assert view(tree).visualRect(index).height() == 30
    assert index.data(TreeRole.LENGTH) == "400"
    assert tree.model.index_of(2).data(TreeRole.LENGTH) == ""


def test_chinese_novels_are_counted_in_characters(tree: ProjectTree) -> None:
    novel = make_novel("q", "六更天", Language.CHINESE)
    tree.show_novel(novel, [], [make_chapter(1, written=True)])
    assert "1 of 1 chapters · 400 字" in labels(tree)


def test_a_click_opens_a_chapter_but_no_volume(tree: ProjectTree) -> None:
    opened = QSignalSpy(tree.chapter_opened)
    widget = view(tree)
    volume = tree.model.index(0, 0)
    for index in (volume, tree.model.index_of(3)):
        place = widget.visualRect(index).center()
        QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [opened.at(n) for n in range(opened.count())] == [[3]]


def test_enter_opens_the_selected_chapter(tree: ProjectTree, qtbot: QtBot) -> None:
    tree.select_chapter(2)
    assert tree.selected_chapter() == 2
    with qtbot.waitSignal(tree.chapter_opened) as opened:
        QTest.keyClick(view(tree), Qt.Key.Key_Return)
    assert opened.args == [2]


def test_selecting_opens_nothing_and_ignores_unknown_chapters(tree: ProjectTree) -> None:
    opened = QSignalSpy(tree.chapter_opened)
    tree.select_chapter(2)
    tree.select_chapter(99)
    assert opened.count() == 0
    assert tree.selected_chapter() == 2


def test_an_update_keeps_selection_and_folding(tree: ProjectTree) -> None:
    widget = view(tree)
    tree.select_chapter(3)
    widget.collapse(tree.model.index(0, 0))
    show(tree, written=2, count=6)
    assert tree.selected_chapter() == 3
    assert not widget.isExpanded(tree.model.index(0, 0))
    assert widget.isExpanded(tree.model.index(1, 0))


def test_a_new_volume_is_unfolded(tree: ProjectTree) -> None:
    chapters = [make_chapter(n, volume_id=n) for n in (1, 2, 3)]
    volumes = [make_volume(n, n) for n in (1, 2, 3)]
    tree.show_novel(make_novel(), volumes, chapters)
    assert view(tree).isExpanded(tree.model.index_of(3).parent())


def test_another_novel_is_shown_unfolded(tree: ProjectTree) -> None:
    view(tree).collapseAll()
    chapters = [make_chapter(n, volume_id=1) for n in (1, 2)]
    tree.show_novel(make_novel("q"), [make_volume(1, 1)], chapters)
    assert view(tree).isExpanded(tree.model.index(0, 0))
    assert tree.selected_chapter() is None


@pytest.mark.parametrize(
    ("name", "signal"),
    [("Add chapter", "add_chapter_requested"), ("Edit plan", "outline_requested")],
)
def test_buttons_ask(tree: ProjectTree, qtbot: QtBot, name: str, signal: str) -> None:
    button = next(b for b in tree.findChildren(QToolButton) if name == b.defaultAction().text())
    with qtbot.waitSignal(getattr(tree, signal)):
        button.click()


def menu(tree: ProjectTree, chapter_id: int) -> dict[str, object]:
    place = view(tree).visualRect(tree.model.index_of(chapter_id)).center()
    view(tree).customContextMenuRequested.emit(place)
    shown = QApplication.activePopupWidget()
    assert shown is not None
    actions = {action.text(): action for action in shown.actions() if action.text()}
    shown.close()
    return dict(actions)


@popup
def test_the_menu_offers_what_the_chapter_allows(tree: ProjectTree) -> None:
    assert list(menu(tree, 1)) == [
        "Open",
        "Open in the second pane",
        "Generate chapter",
        "Analyse chapter",
        "My Status",
        "Add chapter",
        "Edit plan",
    ]
    assert "Analyse chapter" not in menu(tree, 2)


@popup
@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Open", "chapter_opened"),
        ("Generate chapter", "generate_requested"),
        ("Analyse chapter", "analyse_requested"),
    ],
)
def test_the_menu_acts_on_its_chapter(
    tree: ProjectTree, qtbot: QtBot, name: str, signal: str
) -> None:
    tree.select_chapter(4)
    action = menu(tree, 1)[name]
    with qtbot.waitSignal(getattr(tree, signal)) as asked:
        action.trigger()  # type: ignore[attr-defined]
    assert asked.args == [1]


def test_a_narrow_tree_paints_long_names(tree: ProjectTree) -> None:
    long = replace(make_chapter(1), title="长" * 200)
    tree.show_novel(make_novel(), [], [long])
    tree.resize(tree.minimumSize())
    assert not tree.grab().isNull()
    bar = view(tree).horizontalScrollBar()
    assert bar.maximum() == 0


def test_a_novel_without_chapters_says_where_they_come_from(tree: ProjectTree) -> None:
    guidance = tree.findChild(EmptyState)
    assert guidance is not None
    assert not guidance.isVisible()

    tree.show_novel(make_novel(), [], [])

    assert guidance.isVisible()
    assert "Outline" in guidance.text()


def test_a_very_long_novel_is_not_laid_out_row_by_row(
    tree: ProjectTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    index = ChapterTreeModel.index

    def counted(model: ChapterTreeModel, row: int, column: int, *parent: QModelIndex) -> object:
        asked.append(row)
        return index(model, row, column, *parent)

    monkeypatch.setattr(ChapterTreeModel, "index", counted)
    chapters = [make_chapter(n, volume_id=1 + n % 40) for n in range(1, 20_001)]
    tree.show_novel(make_novel("q"), [make_volume(n, n) for n in range(1, 41)], chapters)
    QApplication.processEvents()
    assert len(asked) < 500

    tree.select_chapter(10_007)

    assert tree.selected_chapter() == 10_007
    assert not view(tree).visualRect(tree.model.index_of(10_007)).isEmpty()
