"""The menus of the window: every action has its place there, with its shortcut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from arboris_desktop.ui.actions import Actions
from arboris_desktop.ui.edit_menu import EditMenu
from arboris_desktop.ui.frame.side_panel import Panel, SidePanel
from arboris_desktop.ui.revision.revision_menu import RevisionMenu


class Menus(QObject):
    """Fills the menu bar; the actions are connected elsewhere."""

    def __init__(
        self,
        bar: QMenuBar,
        actions: Actions,
        edit: EditMenu,
        revision: RevisionMenu,
        side: SidePanel,
        stages: Callable[[], Iterable[QAction]],
    ) -> None:
        super().__init__(bar)
        self._stages = stages
        self._novel, self._chapter, self._view, self._queue, self._help = self._menus = tuple(
            bar.addMenu("") for _ in range(5)
        )
        bar.insertMenu(self._chapter.menuAction(), edit)
        _fill(self._novel, actions.novel_menu())
        _fill(self._chapter, actions.chapter_menu(revision.menuAction()))
        self._fill_view(actions, side)
        self._queue.addAction(actions.pause_queue)
        _fill(self._help, actions.help_menu())
        self.retranslate()

    def _fill_view(self, actions: Actions, side: SidePanel) -> None:
        self._below_stages = self._view.addSeparator()
        self._view.addActions([actions.sidebar, actions.second_pane])
        self._view.addActions([side.action(panel) for panel in Panel])
        self._view.addSeparator()
        self._view.addActions([actions.focus, actions.typewriter])
        self._view.addActions([actions.focus_paragraph, actions.focus_sentence])
        self._view.addAction(actions.codex_names)
        self._view.addMenu(actions.paragraphs)
        self._view.addSeparator()
        self._view.addActions([actions.next_pane, actions.previous_pane])
        self._view.addSeparator()
        # With these in the menu itself it is higher than a small screen.
        self._text_size = self._view.addMenu("")
        self._text_size.addActions([actions.zoom_in, actions.zoom_out, actions.zoom_reset])
        self._view.aboutToShow.connect(self._show_stages)

    @Slot()
    def _show_stages(self) -> None:
        """Returns the actions of the stages, which get their pages after the menus are built."""
        shown = self._view.actions()
        missing = [action for action in self._stages() if action not in shown]
        self._view.insertActions(self._below_stages, missing)

    def retranslate(self) -> None:
        """Sets the titles of the menus in the language of the window."""
        titles = (
            self.tr("&Novel"),
            self.tr("&Chapter"),
            self.tr("&View"),
            self.tr("&Queue"),
            self.tr("&Help"),
        )
        for menu, title in zip(self._menus, titles, strict=True):
            menu.setTitle(title)
        self._text_size.setTitle(self.tr("Si&ze of the Text"))


def _fill(menu: QMenu, groups: Iterable[Iterable[QAction]]) -> None:
    for group in groups:
        if menu.actions():
            menu.addSeparator()
        menu.addActions(list(group))


def leaves(actions: Iterable[QAction]) -> Iterator[QAction]:
    """Returns the actions that do something, including those of submenus, in menu order."""
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from leaves(menu.actions())
        elif not action.isSeparator():
            yield action
