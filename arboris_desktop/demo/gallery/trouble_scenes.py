"""The notices of the window for the gallery: what it says when a model or the queue fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from arboris_desktop.demo.common import frames
from arboris_desktop.domain.errors import ErrorKind, ProviderError

if TYPE_CHECKING:
    from arboris_desktop.ui.main_window import MainWindow
    from arboris_desktop.ui.workspace import Stage

Take = Callable[[str], Awaitable[None]]

_REFUSED = ProviderError(ErrorKind.UNAUTHORIZED, "HTTP 401")
_UNREACHABLE = ProviderError(ErrorKind.CONNECTION, "connection refused")
_SECONDS_TO_NEXT_TRY = 300


class TroubleScenes:
    """Paints each kind of notice where it stands; that of the chapter stays."""

    def __init__(self, window: MainWindow, take: Take) -> None:
        self._window, self._take = window, take

    async def play(self) -> None:
        """All of them, one after the other."""
        from arboris_desktop.ui.workspace import Stage

        self._window.chapter_stage.show_text(None)
        await self._stop_queue()
        for stage in (Stage.IDEA, Stage.BLUEPRINT, Stage.REVIEW):
            await self._fail_calls_of(stage)
        self._window.workspace.show_stage(Stage.CHAPTERS)
        await self._fail_chapter()

    async def _fail_chapter(self) -> None:
        view = self._window.chapter_view
        assert view.chapter_id is not None
        view.show_failure(view.chapter_id, _REFUSED.kind, _REFUSED.message, False)
        await frames(4)
        await self._take("trouble-chapter")

    async def _stop_queue(self) -> None:
        banner = self._window.queue_banner
        banner.show_error(_UNREACHABLE.kind, _SECONDS_TO_NEXT_TRY)
        await frames(4)
        await self._take("trouble-queue")
        banner.clear()

    async def _fail_calls_of(self, stage: Stage) -> None:
        """The bar of a page after a call that failed."""
        from PySide6.QtWidgets import QStackedWidget

        from arboris_desktop.ui.asking.call_bar import CallBar

        self._window.workspace.show_stage(stage)
        pages = self._window.workspace.findChild(QStackedWidget)
        assert pages is not None
        page = pages.currentWidget()
        assert page is not None
        bars = page.findChildren(CallBar)
        for bar in bars:
            bar.show_failure(_REFUSED)
        await frames(4)
        await self._take(f"trouble-{stage.value}")
        for bar in bars:
            bar.clear()
