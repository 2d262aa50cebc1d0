"""One look of the window: every scene painted once, measured and searched for faults."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from arboris_desktop.demo.common import frames, interface, next_signal
from arboris_desktop.demo.gallery.dialog_scenes import DialogScenes
from arboris_desktop.demo.gallery.task_scenes import STATES, another_process, tasks_in_each_state
from arboris_desktop.demo.gallery.trouble_scenes import TroubleScenes
from arboris_desktop.demo.gallery.writing_scenes import WritingScenes
from arboris_desktop.domain.settings import ProviderSettings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from arboris_desktop.services import Services
    from arboris_desktop.ui.main_window import MainWindow
    from arboris_desktop.ui.studio import Studio

WINDOW = (1360, 860)
LAPTOP = (1366, 768)
"""The usual size of a small laptop; what candidates have there is measured."""
SIZES = ((1024, 640), LAPTOP, (1092, 614), (910, 512), (1440, 900), (1920, 1080))
"""Small, a laptop at 100, 125 and 150 %, a large screen at 200 %, and a usual one."""

_PATIENCE = 20.0


def run(options: argparse.Namespace) -> int:
    """Paints one look into the folder; what was found is in a JSON file beside the pictures."""
    from arboris_desktop.app import create_application, run_in_qt_loop
    from arboris_desktop.composition import build_studio
    from arboris_desktop.llm.keys import SessionKeyStore
    from arboris_desktop.services import build_services

    with tempfile.TemporaryDirectory(prefix="arboris-gallery-") as home:
        application = create_application(["arboris-desktop"])
        services = build_services({**os.environ, "ARBORIS_HOME": home}, SessionKeyStore())
        services.preferences.set(
            ProviderSettings(configured=True), interface(options.language, options.scheme)
        )

        async def play() -> list[dict[str, Any]]:
            studio, window = build_studio(application, services)
            try:
                return await Look(studio, window, services, options).play()
            finally:
                await studio.stop()
                window.deleteLater()

        scenes = run_in_qt_loop(application, play())
        services.close()
    report = options.out / f"{_name(options)}.json"
    report.write_text(json.dumps(scenes, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _name(options: argparse.Namespace) -> str:
    return f"{options.language}-{options.scheme}-{options.scale}"


class Look:
    """Goes through all scenes of the window in one language, scheme and scaling."""

    def __init__(
        self, studio: Studio, window: MainWindow, services: Services, options: argparse.Namespace
    ) -> None:
        self._studio, self._window, self._services = studio, window, services
        self._options = options
        self._scenes: list[dict[str, Any]] = []

    async def play(self) -> list[dict[str, Any]]:
        """The scenes, each with its measures and faults."""
        self._window.resize(*WINDOW)
        self._window.show()
        self._studio.start()
        await self._take("start")
        await self._open_sample()
        await self._take_pages()
        await self._take_sizes()
        await self._take_panels()
        await WritingScenes(self._studio, self._window, self._services, self._take, _until).play()
        await self._take_candidates()
        await TroubleScenes(self._window, self._take).play()
        await DialogScenes(self._window, self._take, self._tell_fault, _until).play()
        self._window.actions_.home.trigger()
        await frames(6)
        await self._take("library")
        return self._scenes

    async def _open_sample(self) -> None:
        opened = next_signal(self._studio.writing.chapter_shown)
        self._studio.library.open_sample(self._options.language[:2])
        await opened

    async def _take_pages(self) -> None:
        from arboris_desktop.ui.workspace import Stage

        for stage in Stage:
            self._window.workspace.show_stage(stage)
            await frames(4)
            await self._take(f"page-{stage.value}")
        self._window.workspace.show_stage(Stage.CHAPTERS)
        contents = self._studio.library.contents
        assert contents is not None
        for number, name in ((1, "page-planned"), (0, "page-text")):
            shown = next_signal(self._studio.writing.chapter_shown)
            self._studio.writing.open_chapter(contents.chapters[number].id)
            await shown
            await self._take(name)

    async def _take_panels(self) -> None:
        from arboris_desktop.ui.frame.side_panel import Panel

        for panel in Panel:
            self._window.side.open_panel(panel)
            await self._take(f"panel-{panel.value}")
        await self._take_background_work()

    async def _take_background_work(self) -> None:
        """Another process works the queue; the window sees it by itself."""
        from arboris_desktop.ui.notices.toast import Toast

        contents = self._studio.library.contents
        assert contents is not None
        self._studio.pause_queue()
        text = self._window.chapter_view.current_text()
        home = {**os.environ, "ARBORIS_HOME": str(self._services.paths.home)}
        with contextlib.closing(await asyncio.to_thread(another_process, home)) as other:
            failed = await asyncio.to_thread(tasks_in_each_state, other, contents.chapters, text)
            await _until(self._shows_all_tasks)
            self._window.task_panel.select_task(failed)
            await self._take("toasts")
            # They are told in the panel too, and would cover the page.
            for toast in self._window.findChildren(Toast):
                toast.dismiss()
            await self._take("panel-activity-at-work")
            self._window.side.close_panel()
            await self._take("strip")

    def _shows_all_tasks(self) -> bool:
        from PySide6.QtWidgets import QListView

        listed = self._window.task_panel.findChild(QListView)
        return listed is not None and listed.model().rowCount() == STATES

    async def _take_candidates(self) -> None:
        """The candidates on the stage, and the dialogs that compare and merge them."""
        from arboris_desktop.demo.gallery.candidate_scenes import (
            judged_candidates,
            three_candidates,
        )
        from arboris_desktop.text.differences import paragraph_anchors, text_diff
        from arboris_desktop.ui.candidates.compare_dialog import CompareCandidatesDialog
        from arboris_desktop.ui.candidates.merge_dialog import MergeCandidatesDialog

        contents = self._studio.library.contents
        assert contents is not None
        chapter, language = contents.chapters[0], contents.project.language
        stage, page = self._window.chapter_stage, self._window.candidate_page
        text = self._window.chapter_view.current_text()
        self._window.resize(*LAPTOP)
        page.show_rounds(three_candidates(chapter, language, text), {})
        page.show_tab(2)
        await self._show_candidates()
        await self._take("candidates-three")
        state = judged_candidates(chapter, language, text)
        page.show_rounds(state, {})
        await self._show_candidates()
        await self._take("candidates")
        one, other = (each.content for each in state.shown.candidates)
        look = self._window.chapter_view.prose_look
        compare = CompareCandidatesDialog(state.shown.stored, look, self._window)
        compare.show_difference(text_diff(one, other), paragraph_anchors(one, other))
        merge = MergeCandidatesDialog(state.shown.stored, 0, look, self._window)
        for name, dialog in (("compare", compare), ("merge", merge)):
            dialog.show()
            await frames(6)
            await self._take(f"dialog-{name}", dialog)
            dialog.close()
            dialog.deleteLater()
        page.show_nothing()
        stage.show_text(None)
        self._window.resize(*WINDOW)

    async def _show_candidates(self) -> None:
        """Shows the stage of candidates also if the chapter was just read again: the library knows
        of none."""
        stage = self._window.chapter_stage
        for _ in range(3):
            stage.show_candidates()
            await frames(6)
            if stage.shows_candidates:
                return

    async def _take_sizes(self) -> None:
        for width, height in SIZES:
            self._window.resize(width, height)
            await frames(4)
            await self._take(f"size-{width}x{height}")
        self._window.resize(*WINDOW)
        await frames(4)

    def _tell_fault(self, scene: str, fault: str) -> None:
        self._scenes.append({"scene": scene, "faults": [fault]})

    async def _take(self, scene: str, shown: QWidget | None = None) -> None:
        from arboris_desktop.demo.gallery.faults import faults

        await frames(3)
        widget = shown or self._window
        name = f"{_name(self._options)}-{scene}.png"
        widget.grab().save(str(self._options.out / name))
        entry = {
            "scene": scene,
            "picture": name,
            "language": self._options.language,
            "scheme": self._options.scheme,
            "scale": self._options.scale,
            "size": [widget.width(), widget.height()],
            "faults": faults(widget, chinese=self._options.language == "zh_CN"),
        }
        self._scenes.append(entry | (_measures(self._window) if shown is None else {}))


def _measures(window: MainWindow) -> dict[str, float]:
    """The share of the window that the page of a text has, and the lines of prose on it."""
    from PySide6.QtGui import QFontInfo

    from arboris_desktop.ui.chapter.editor import LINE_EMS, ChapterEditor

    drafts = [each.lines_in_view() for each in window.candidate_page.columns.values()]
    if window.chapter_stage.shows_candidates:
        return {"candidate_lines": round(min(drafts), 1)}
    page = window.chapter_view.findChild(ChapterEditor)
    if page is None or not page.isVisible():
        return {}
    share = page.width() * page.height() / (window.width() * window.height())
    lines = page.viewport().height() / (LINE_EMS * QFontInfo(page.font()).pixelSize())
    return {"share": round(share, 3), "lines": round(lines, 1)}


async def _until(condition: Callable[[], Any]) -> Any:
    """The value of the condition once it holds, or ``None`` if it never does."""
    try:
        async with asyncio.timeout(_PATIENCE):
            while not (found := condition()):
                await asyncio.sleep(0.02)
            return found
    except TimeoutError:
        return None
