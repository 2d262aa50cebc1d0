"""Two novels that have all that a window can show, each marked in every word of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from arboris_desktop.domain.auto_runs import AutoOptions
from arboris_desktop.domain.blueprint import BlueprintCharacter, BlueprintField
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.concept import Topic
from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.reviews import ReviewFindings, ReviewKind
from arboris_desktop.domain.revision import Passage, RevisionKind
from arboris_desktop.services import Services

MARKS = {
    Language.ENGLISH: ("Quillon", "Wexford"),
    Language.CHINESE: ("青鸾", "玄龟"),
}
"""Marks in every text of the first novel, and of the second."""


@dataclass(frozen=True, slots=True)
class MarkedNovel:
    """A novel, and the word by which everything of it is known."""

    id: str
    mark: str
    chapter_ids: tuple[int, ...]

    def text(self, services: Services, number: int = 1) -> str:
        """A chapter's text in the database."""
        version = services.editing.open(self.chapter_ids[number - 1]).version
        return "" if version is None else version.content


def make_novel(services: Services, mark: str, language: Language) -> MarkedNovel:
    """Three chapters: one written and worked on, one with versions to choose from, one planned."""
    project_id = _plan(services, mark, language)
    chapters = services.novels.open(project_id).chapters
    ids = tuple(chapter.id for chapter in chapters)
    text = f"{mark}: {mark}。\n\n{mark}."
    services.editing.save(ids[0], text, None)
    _imagine(services, project_id, mark)
    _review(services, ids[0], text, mark)
    services.rounds.begin_round(ids[1], 2, f"{mark} {mark}")
    options = AutoOptions(max_cost=1.0)
    services.auto_writer.start(project_id, 3, 4, options)
    return MarkedNovel(project_id, mark, ids)


def _plan(services: Services, mark: str, language: Language) -> str:
    plans = tuple(OutlineChapter(f"{mark} {n}", f"{mark} {n}.") for n in (1, 2, 3))
    volume = OutlineVolume(f"{mark} I", plans)
    return services.novels.create(NewNovel(f"{mark} T", f"{mark} P", mark, language, (volume,)))


def _imagine(services: Services, project_id: str, mark: str) -> None:
    services.concept.settle(project_id, Topic.GENRE, f"{mark} brief")
    services.concept.say(project_id, f"{mark} said")
    services.blueprint.set(project_id, BlueprintField.TITLE, f"{mark} blueprint")
    people = (BlueprintCharacter(name=f"{mark} A"), BlueprintCharacter(name=f"{mark} B"))
    services.blueprint.set(project_id, BlueprintField.CHARACTERS, people)
    services.codex.add_entry(project_id, EntryKind.CHARACTER, f"{mark} codex", mark)


def _review(services: Services, chapter_id: int, text: str, mark: str) -> None:
    with services.database.write() as transaction:
        target = transaction.reviews.target(chapter_id, ())
        assert target is not None
        findings = ReviewFindings(verdict=f"{mark} verdict")
        transaction.reviews.add(target, ReviewKind.REVIEW, findings, provider="scripted")
        passage = Passage(chapter_id, 0, text)
        transaction.revisions.add(
            passage, RevisionKind.REWRITE, mark, f"{mark} proposal", "scripted"
        )


def told_by(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every text that a widget or one within it holds, shown or hidden."""
    for widget in (root, *root.findChildren(QWidget)):
        for text in _texts_of(widget):
            if text:
                yield widget, text


def _texts_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
    if isinstance(widget, QLabel | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        yield from _texts_in(model, QModelIndex())


def _texts_in(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    # A list's count of columns is private to it.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            if column == 0:
                yield from _texts_in(model, index)
