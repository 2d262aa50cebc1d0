"""Hands and eyes for the stage of the outline, and a novel for it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QWidget,
)

from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.outline import Outline
from arboris_desktop.services import Services
from arboris_desktop.ui.outline.outline_tree import OutlineTree
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.studio_stage import Stage, child, open_services

MOVE = Qt.DropAction.MoveAction


def make_novel(world: dict[str, str], chapters: int = 5, written: tuple[int, ...] = ()) -> str:
    """A novel of two volumes, planned before the studio is opened."""
    services = open_services(world)
    half = (chapters + 1) // 2
    volumes = tuple(
        OutlineVolume(
            name,
            tuple(OutlineChapter(f"Old {n}", f"Old plan of chapter {n}.") for n in numbers),
        )
        for name, numbers in (("Ebb", range(1, half + 1)), ("Flow", range(half + 1, chapters + 1)))
    )
    novel = NewNovel("The Long Ebb", "The tide stays away.", volumes=volumes if chapters else ())
    project_id = services.novels.create(novel)
    for number in written:
        chapter = services.novels.open(project_id).chapters[number - 1]
        services.editing.save(chapter.id, f"The text of chapter {number}.", None)
    services.close()
    return project_id


class Desk:
    """Hands and eyes for the stage of the outline."""

    def __init__(self, stage: Stage, project_id: str) -> None:
        self.stage = stage
        self.project_id = project_id

    @property
    def page(self) -> OutlinePage:
        """The page of the stage, which is made with the first novel that is opened."""
        return child(self.stage.window, OutlinePage)

    @property
    def tree(self) -> OutlineTree:
        return self.page.tree

    async def open(self) -> None:
        self.stage.studio.library.open_novel(self.project_id)
        await self.stage.until(lambda: self.stage.studio.library.contents, "the novel is open")
        self.stage.window.workspace.show_stage(BookStage.OUTLINE)
        await self.shows(self.stored())

    def stored(self) -> Outline:
        return self.services.outline_editing.open(self.project_id)

    @property
    def services(self) -> Services:
        return self.stage.services

    async def shows(self, outline: Outline) -> None:
        await self.stage.until(lambda: self.page.outline == outline, "the outline is shown")

    async def settles(self, what: str, *titles: str) -> Outline:
        """Waits until the stored chapters have these titles, in order, and are shown."""

        def is_so() -> bool:
            stored = self.stored()
            return [c.title for c in stored.chapters] == list(titles) and (
                self.page.outline == stored
            )

        await self.stage.until(is_so, what)
        return self.stored()

    def index(self, number: int) -> QModelIndex:
        chapter = self.page.outline.by_number[number]
        return self.tree.outline_model().index_of_chapter(chapter.id)

    def select(self, *numbers: int) -> None:
        modifier = Qt.KeyboardModifier.NoModifier
        for number in numbers:
            self.click(self.index(number), modifier)
            modifier = Qt.KeyboardModifier.ControlModifier

    def click(
        self,
        index: QModelIndex | QPersistentModelIndex,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        assert index.isValid()
        self.tree.scrollTo(index)
        place = self.tree.visualRect(index).center()
        QTest.mouseClick(self.tree.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    def drop(self, numbers: tuple[int, ...], volume: int, row: int) -> None:
        model = self.tree.outline_model()
        data = model.mimeData([self.index(number) for number in numbers])
        parent = model.index(volume - 1, 0)
        assert model.dropMimeData(data, MOVE, row, 0, parent)

    def act(self, name: str) -> None:
        assert self.page.actions_[name].isEnabled(), name
        self.page.actions_[name].trigger()

    async def dialog(self, kind: type[QDialog]) -> QDialog:
        def shown() -> list[QDialog]:
            found = self.stage.window.findChildren(kind)
            return [each for each in found if each.isVisible()]

        await self.stage.until(shown, f"{kind.__name__} is open")
        return shown()[0]

    def titles(self) -> list[str]:
        return [c.title for c in self.stored().chapters]


def field(parent: QWidget, kind: type[QWidget]) -> QWidget:
    found = [each for each in parent.findChildren(kind) if each.isVisible()]
    assert found
    return found[0]


OLD = tuple(f"Old {n}" for n in range(1, 6))
