"""The menus of the window: every action has its place there, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from arboris_desktop.ui.actions import Actions
from arboris_desktop.ui.edit_menu import EditMenu
from arboris_desktop.ui.frame.side_panel import Panel, SidePanel
from arboris_desktop.ui.revision.revision_menu import RevisionMenu


class Menus(QObject):
    """Fills the menu bar; the actions are wired elsewhere."""

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
        self._fill_novel(actions)
        self._fill_chapter(actions, revision)
        self._fill_view(actions, side)
        self._queue.addAction(actions.pause_queue)
        _fill(self._help, ((actions.user_guide, actions.shortcuts), (actions.about,)))
        bar.installEventFilter(self)
        self._retranslate()

    def _fill_novel(self, actions: Actions) -> None:
        groups = (
            (actions.home, actions.new_novel),
            (actions.import_novel, actions.append_chapters),
            (actions.export_novel, actions.export_all),
            (actions.back_up, actions.restore_backup),
            (actions.details, actions.guide, actions.prompts, actions.statistics),
            (actions.costs, actions.settings),
            (actions.quit,),
        )
        _fill(self._novel, groups)

    def _fill_chapter(self, actions: Actions, revision: RevisionMenu) -> None:
        groups = (
            (actions.add_chapter,),
            (actions.generate, actions.write_many, actions.stop, actions.inspect),
            (actions.continue_here, revision.menuAction(), actions.comment),
            (actions.analyse, actions.analyse_many),
            (actions.take_snapshot, actions.publish),
        )
        _fill(self._chapter, groups)

    def _fill_view(self, actions: Actions, side: SidePanel) -> None:
        self._below_stages = self._view.addSeparator()
        self._view.addAction(actions.sidebar)
        self._view.addActions([side.action(panel) for panel in Panel])
        self._view.addSeparator()
        self._view.addActions([actions.focus, actions.typewriter])
        self._view.addActions([actions.focus_paragraph, actions.focus_sentence])
        self._view.addMenu(actions.paragraphs)
        self._view.addSeparator()
        self._view.addActions([actions.next_pane, actions.previous_pane])
        self._view.addSeparator()
        self._view.addActions([actions.zoom_in, actions.zoom_out, actions.zoom_reset])
        self._view.aboutToShow.connect(self._show_stages)

    @Slot()
    def _show_stages(self) -> None:
        """Stages get their pages after the menus are built, so they are looked up here."""
        shown = self._view.actions()
        missing = [action for action in self._stages() if action not in shown]
        self._view.insertActions(self._below_stages, missing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows a change of language, of which only widgets are told."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        return super().eventFilter(watched, event)

    def _retranslate(self) -> None:
        titles = (
            self.tr("&Novel"),
            self.tr("&Chapter"),
            self.tr("&View"),
            self.tr("&Queue"),
            self.tr("&Help"),
        )
        for menu, title in zip(self._menus, titles, strict=True):
            menu.setTitle(title)


def _fill(menu: QMenu, groups: Iterable[Iterable[QAction]]) -> None:
    for group in groups:
        if menu.actions():
            menu.addSeparator()
        menu.addActions(list(group))
