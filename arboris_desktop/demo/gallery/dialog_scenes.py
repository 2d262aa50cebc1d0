"""The dialogs of the window for the gallery, each opened as the author opens it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from arboris_desktop.demo.common import frames
from arboris_desktop.domain.codex import EntryKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from arboris_desktop.ui.main_window import MainWindow

Take = Callable[[str, "QWidget | None"], Awaitable[None]]
Tell = Callable[[str, str], None]
Until = Callable[[Callable[[], Any]], Awaitable[Any]]
Opening = tuple[str, Callable[[], object]]


class DialogScenes:
    """Paints the dialogs, all pages of those that have several."""

    def __init__(self, window: MainWindow, take: Take, tell: Tell, until: Until) -> None:
        self._window, self._take, self._tell, self._until = window, take, tell, until

    async def play(self) -> None:
        """All of them, one after the other."""
        for name, open_it in (*self._of_the_menus(), *self._of_the_pages()):
            await self._take_dialog(f"dialog-{name}", open_it)

    def _of_the_menus(self) -> Iterator[Opening]:
        actions = self._window.actions_
        for name, action in (
            ("go-to", self._window.edit_menu.go_to),
            ("shortcuts", actions.shortcuts),
            ("user-guide", actions.user_guide),
            ("new-novel", actions.new_novel),
            ("details", actions.details),
            ("guide", actions.guide),
            ("prompts", actions.prompts),
            ("costs", actions.costs),
            ("statistics", actions.statistics),
            ("settings", actions.settings),
            ("export", actions.export_novel),
            ("publish", actions.publish),
            ("context", actions.inspect),
            ("analyse-many", actions.analyse_many),
            ("write-many", actions.write_many),
            ("snapshot", actions.take_snapshot),
            ("about", actions.about),
        ):
            yield name, action.trigger

    def _of_the_pages(self) -> Iterator[Opening]:
        from arboris_desktop.domain.errors import ErrorKind
        from arboris_desktop.ui.error_words import error_sentence
        from arboris_desktop.ui.outline.page import OutlinePage
        from arboris_desktop.ui.widgets.dialogs import show_error
        from arboris_desktop.ui.workspace import Stage

        self._window.workspace.show_stage(Stage.OUTLINE)
        outline = self._window.workspace.findChild(OutlinePage)
        assert outline is not None
        yield "volumes", outline.actions_["plan_volumes"].trigger
        yield "fill-outline", outline.actions_["fill"].trigger
        self._window.workspace.show_stage(Stage.CHAPTERS)
        codex = self._window.codex_panel
        yield "codex-entry", partial(codex.add_requested.emit, EntryKind.CHARACTER)
        yield "codex-history", codex.history_requested.emit
        said = error_sentence(ErrorKind.UNAUTHORIZED)
        words = (said.what_happened, "HTTP 401", said.what_to_do)
        yield "error", partial(show_error, self._window, *words)

    async def _take_dialog(self, scene: str, open_it: Callable[[], object]) -> None:
        open_it()
        dialog = await self._until(_open_dialog)
        if dialog is None:
            self._tell(scene, "it did not open")
            return
        await frames(8)
        pages = _pages(dialog)
        for number in range(max(1, len(pages))):
            if pages:
                pages[number]()
                await frames(4)
            suffix = f"-{number + 1}" if len(pages) > 1 else ""
            await self._take(f"{scene}{suffix}", dialog)
        dialog.reject()
        await self._until(lambda: _open_dialog() is None)


def _open_dialog() -> QDialog | None:
    from PySide6.QtWidgets import QApplication, QDialog

    dialogs = (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog))
    return next((each for each in dialogs if each.isVisible()), None)


def _pages(dialog: QDialog) -> list[Callable[[], object]]:
    """Functions that each turn to one page of a dialog with a list of pages."""
    from PySide6.QtWidgets import QListWidget

    listed = dialog.findChild(QListWidget, "pages")
    if listed is None:
        return []
    return [partial(listed.setCurrentRow, row) for row in range(listed.count())]
