"""The window as a process to be killed while an author types into it without a pause:
``python -m tests.faults.kill_typing FIELD``.

The real studio, offscreen, and real keys, one each 50 ms. Each is noted with its time in a file,
from which the killer knows what was typed. Its processor works the queue meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import string
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from arboris_desktop.app import create_application
from arboris_desktop.domain.blueprint import BlueprintField, BlueprintPart
from arboris_desktop.ui.blueprint.page import BlueprintPage
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.studio_stage import Stage, child, perform

TITLE = "Typed"
"""The novel that is typed into; it has a chapter without a text."""

KEY_LOG = "typed.log"
"""In the data folder: a line for each key, with the time of the monotonic clock."""

KEY_MILLISECONDS = 50


def letter(place: int) -> str:
    """The key that is pressed at a place."""
    return string.ascii_lowercase[place % 26]


class Typist(QObject):
    """Presses one key after the other, and notes each once the field has it."""

    def __init__(self, field: QWidget, log: Path) -> None:
        super().__init__(field)
        self._field = field
        self._count = 0
        self._log = log.open("a", encoding="ascii", buffering=1)
        self._timer = QTimer(self)
        self._timer.setInterval(KEY_MILLISECONDS)
        self._timer.timeout.connect(self._press)
        self._timer.start()

    def _press(self) -> None:
        QTest.keyClicks(self._field, letter(self._count))
        self._count += 1
        self._log.write(f"{time.monotonic()}\n")


async def _chapter(stage: Stage, project_id: str) -> QWidget:
    chapter = stage.services.novels.open(project_id).chapters[0]
    stage.studio.library.go_to(project_id, chapter.id)
    view = stage.window.chapter_view
    await stage.until(lambda: view.chapter_id == chapter.id, "the chapter is shown")
    stage.press("Write it myself")
    return stage.editor()


async def _continuation(stage: Stage, project_id: str) -> QWidget:
    """A proposal stands in the text behind what is typed, and is no part of it."""
    editor = await _chapter(stage, project_id)
    stage.window.actions_.continue_here.trigger()
    stage.press("Continue here")
    await stage.until(stage.window.chapter_view.proposal.words, "a proposal came")
    return editor


async def _outline(stage: Stage, project_id: str) -> QWidget:
    stage.studio.library.open_novel(project_id)
    await stage.until(lambda: stage.studio.library.contents, "the novel is open")
    stage.window.workspace.show_stage(BookStage.OUTLINE)
    page = child(stage.window, OutlinePage)
    await stage.until(lambda: page.outline.chapters, "the outline is shown")
    page.tree.select_chapter(page.outline.chapters[0].id)
    return child(page.chapter_form, QPlainTextEdit)


async def _blueprint(stage: Stage, project_id: str) -> QWidget:
    stage.studio.library.open_novel(project_id)
    await stage.until(lambda: stage.studio.library.contents, "the novel is open")
    stage.window.workspace.show_stage(BookStage.BLUEPRINT)
    page = child(stage.window, BlueprintPage)
    page.show_part(BlueprintPart.SYNOPSIS)
    return child(page.field(BlueprintField.SYNOPSIS), QPlainTextEdit)


def main(name: str) -> None:
    """Opens the field in a window and types until it is killed."""
    go_to = {
        "chapter": _chapter,
        "continuation": _continuation,
        "outline": _outline,
        "blueprint": _blueprint,
    }[name]

    async def act(stage: Stage) -> None:
        (novel,) = [each for each in stage.services.novels.all() if each.title == TITLE]
        field = await go_to(stage, novel.id)
        field.setFocus()
        Typist(field, stage.services.paths.home / KEY_LOG)
        await asyncio.Event().wait()

    perform(create_application(sys.argv[:1]), os.environ, act)


if __name__ == "__main__":
    main(sys.argv[1])
