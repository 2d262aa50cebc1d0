"""The window as a process to be killed:
``python -m tests.faults.kill_window PROJECT CHAPTER [continue]``.

The real studio, offscreen, in which an author opens a chapter and, if it is only planned, asks
for it; or asks how it could go on. Its processor works the queue meanwhile. It runs until it is
killed.
"""

from __future__ import annotations

import asyncio
import os
import sys

from PySide6.QtGui import QTextCursor

from arboris_desktop.app import create_application
from tests.support.studio_stage import Stage, perform


def main(project_id: str, number: int, wish: str = "") -> None:
    """Opens the chapter in a window, has it written or continued, and stays."""

    async def act(stage: Stage) -> None:
        chapters = stage.services.novels.open(project_id).chapters
        chapter = next(chapter for chapter in chapters if chapter.number == number)
        stage.studio.library.go_to(project_id, chapter.id)
        view = stage.window.chapter_view
        await stage.until(lambda: view.chapter_id == chapter.id, "the chapter is shown")
        if chapter.selected_version_id is None:
            stage.press("Generate this chapter")
        elif wish == "continue":
            stage.editor().moveCursor(QTextCursor.MoveOperation.End)
            stage.window.actions_.continue_here.trigger()
            stage.press("Continue here")
        await asyncio.Event().wait()

    perform(create_application(sys.argv[:1]), os.environ, act)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
