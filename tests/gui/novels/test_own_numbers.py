"""A chapter has one name everywhere: with the number that its author gives it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QTreeView

from arboris_desktop.domain.context import ContextItem
from arboris_desktop.exchange.books import import_book
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.tasks.enqueuing import enqueue
from arboris_desktop.ui.context.words import item_name, reason
from arboris_desktop.ui.outline.chapter_plan_form import ChapterPlanForm
from arboris_desktop.ui.outline.outline_tree import OutlineTree
from arboris_desktop.ui.wording import chapter_name
from arboris_desktop.ui.workspace import Stage as BookStage
from arboris_desktop.writing.context.building import build_context
from arboris_desktop.writing.context.reading import read_book_so_far
from tests.support.studio_stage import Play, Stage, child

PROSE = "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响，巷口卖馄饨的老人刚刚支起炉子。"
NAMES = ("序章 旧事", "第三百零一回 起风", "第三百零二回 夜雨", "第三百零五回 归人")


def names_in(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    """The words of all rows of a model, in order."""
    parent = parent or QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [str(index.data()), *names_in(model, index)]
    return found


def shown_rows(view: QTreeView, parent: QModelIndex | None = None) -> list[str]:
    """The chapters in a tree that are not hidden."""
    parent = parent or QModelIndex()
    found, model = [], view.model()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if not view.isRowHidden(row, parent):
            found += [str(index.data()), *shown_rows(view, index)]
    return found


def pieces(stage: Stage, number: int) -> list[ContextItem]:
    """The pieces that a model is told before a chapter."""
    book = read_book_so_far(stage.services.database, stage.chapter(number))
    return list(build_context(book, 4000, estimate_tokens).items)


def index_of(model: QAbstractItemModel, name: str) -> QModelIndex:
    """The row with that name."""
    role = Qt.ItemDataRole.DisplayRole
    found = model.match(model.index(0, 0), role, name, 1, Qt.MatchFlag.MatchRecursive)
    return found[0]


async def open_book(stage: Stage, folder: Path) -> None:
    path = folder / "雨巷.txt"
    path.write_text("\n\n".join(f"{name}\n{PROSE}{name}" for name in NAMES), encoding="utf-8")
    stage.studio.library.open_novel(import_book(stage.services.database, path))
    await stage.until(lambda: stage.studio.library.contents, "the book is open")
    await stage.open_chapter(2)


async def analyse(stage: Stage, number: int) -> None:
    with stage.services.database.write() as transaction:
        version = transaction.chapters.selected_version(stage.chapter(number).id)
        assert version is not None
        enqueue(transaction, version)
    stage.window.show_notifications()
    await stage.until(stage.notifications, "the analysis is told")
    await stage.until(stage.tasks, "the task is listed")


def test_a_chapter_is_called_as_its_author_does_everywhere(play: Play, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        window = stage.window
        await open_book(stage, tmp_path)
        tree = child(window.project_tree, QTreeView)
        assert [name for name in names_in(tree.model()) if name in NAMES] == list(NAMES)

        child(window.project_tree, QLineEdit).setText("305")
        assert NAMES[3] in shown_rows(tree)
        assert NAMES[1] not in shown_rows(tree)
        child(window.project_tree, QLineEdit).clear()

        await analyse(stage, 2)
        assert NAMES[1] in " ".join(names_in(child(window.task_panel, QListView).model()))

        window.workspace.show_stage(BookStage.OUTLINE)
        outline = window.workspace.findChild(OutlineTree)
        assert outline is not None
        await stage.until(lambda: outline.model().rowCount(), "the outline is shown")
        assert [name for name in names_in(outline.model()) if name in NAMES] == list(NAMES)
        outline.setCurrentIndex(index_of(outline.model(), NAMES[3]))
        form = window.workspace.findChild(ChapterPlanForm)
        assert form is not None
        await stage.until(
            lambda: any(
                each.text().startswith("第三百零五回 · ") for each in form.findChildren(QLabel)
            ),
            "the form names the chapter",
        )

        await stage.until(
            lambda: any(item.text.startswith(NAMES[1]) for item in pieces(stage, 4)),
            "the summary is told",
        )
        told = pieces(stage, 4)
        assert any(item_name(item) == NAMES[1] for item in told)
        seen = [item.reason for item in told if item.reason.number == 2]
        assert all("第三百零一回" in reason(each) for each in seen)

    play(act)


def test_a_chapter_without_an_own_number_keeps_the_usual_name() -> None:
    assert chapter_name(3, "起风") == "3. 起风"
    assert chapter_name(3, "", "") == chapter_name(3, "") == "Chapter 3"
    assert chapter_name(3, "起风", "") == "起风"
