"""Collects the destinations, asks, and goes there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.frame.menus import leaves
from arboris_desktop.ui.go_to.destinations import Destination, DestinationKind
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import answered
from arboris_desktop.ui.widgets.mnemonics import without_mnemonic
from arboris_desktop.ui.wording import overview_name

if TYPE_CHECKING:
    from arboris_desktop.domain.codex import CodexEntry
    from arboris_desktop.domain.codex_overview import CodexOverview
    from arboris_desktop.ui.go_to.dialog import GoToDialog


class GoToDesk(NovelDesk):
    """Opens the dialog on its shortcut, over the library as well as a novel."""

    chapter_requested = Signal(str, int)
    """The ids of a novel and of the chapter in it that the author wants to see."""

    search_requested = Signal(str)
    """Words to be searched for in the whole book."""

    def __init__(self, window: MainWindow, codex_of: Callable[[str], CodexOverview]) -> None:
        super().__init__(window)
        self._window = window
        self._codex_of = codex_of
        self._way: tuple[str, int] | None = None
        window.edit_menu.go_to.triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Asks where to go, once at a time."""
        self.spawn_newest("ask", self._ask())

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Focuses the chapter that the author wanted to see."""
        if self._way == (chapter.project_id, chapter.id):
            self._window.chapter_view.take_focus()
        self._way = None

    def _go_to_chapter(self, project_id: str, chapter_id: int) -> None:
        self._way = (project_id, chapter_id)
        self.chapter_requested.emit(project_id, chapter_id)

    async def _ask(self) -> None:
        # Imported when it is first shown.
        from arboris_desktop.ui.go_to.dialog import GoToDialog

        novel = self._novel if self._window.is_in_studio else None
        actions = self._actions()
        if novel is None:
            dialog, reading = GoToDialog(actions, self._window), None
        else:
            dialog = GoToDialog([*self._chapters(novel), *actions], self._window)
            dialog.offer_search(self.search_requested.emit)
            reading = novel.spawn(self._add_entries(novel, dialog))
        try:
            destination = await answered(dialog, GoToDialog.chosen)
        finally:
            if reading is not None:
                reading.cancel()
        if destination is not None:
            destination.go()

    async def _add_entries(self, novel: OpenNovel, dialog: GoToDialog) -> None:
        overview = await novel.call(lambda: self._codex_of(novel.id))
        dialog.add([self._entry(entry) for entry in overview.entries])

    def _entry(self, entry: CodexEntry) -> Destination:
        from arboris_desktop.ui.codex.words import entry_kind

        go = partial(self._show_entry, entry.id)
        kind = entry_kind(entry.kind)
        return Destination(DestinationKind.ENTRY, entry.name, go, kind, entry.aliases)

    def _show_entry(self, entry_id: int) -> None:
        self._window.show_entry(entry_id)
        self._window.codex_panel.setFocus()

    def _chapters(self, novel: OpenNovel) -> list[Destination]:
        volumes: dict[int | None, str] = {
            volume.id: volume.title for volume in novel.contents.volumes
        }
        return [
            Destination(
                DestinationKind.CHAPTER,
                overview_name(chapter),
                partial(self._go_to_chapter, novel.id, chapter.id),
                volumes.get(chapter.volume_id, ""),
                (*_numbers(chapter), chapter.title),
            )
            for chapter in novel.contents.chapters
        ]

    def _actions(self) -> list[Destination]:
        """Returns the enabled actions of the menus, and the stages, whose menu is filled when it is
        opened."""
        menus = self._window.menuBar().actions()
        found = dict.fromkeys([*self._window.workspace.actions(), *leaves(menus)])
        return [_action(each) for each in found if self._is_offered(each)]

    def _is_offered(self, action: QAction) -> bool:
        """True for what can be done now, not just in the focused field."""
        edit = self._window.edit_menu
        is_of_field = action.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
        is_left_out = is_of_field or action in (edit.go_to, edit.paste_plain)
        return action.isEnabled() and action.isVisible() and not is_left_out


def _numbers(chapter: ChapterOverview) -> list[str]:
    """Returns the number of its position, and the one that its author gives it."""
    from arboris_desktop.text.number_labels import told_number

    own = told_number(chapter.number, chapter.label)
    return [str(number) for number in dict.fromkeys((chapter.number, own))]


def _action(action: QAction) -> Destination:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    title = without_mnemonic(action.text())
    return Destination(DestinationKind.ACTION, title, action.trigger, keys)
