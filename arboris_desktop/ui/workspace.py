"""The stages of a book, side by side: from the idea to the finished chapters."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.page_stack import PageStack


class Stage(StrEnum):
    """A stage of the author's work, in the order in which a book is made."""

    IDEA = "idea"
    BLUEPRINT = "blueprint"
    OUTLINE = "outline"
    CHAPTERS = "chapters"
    REVIEW = "review"


class Workspace(Translated, QWidget):
    """Holds a page for each stage and lets the author switch between them (Alt+1, Alt+2, …)."""

    stage_changed = Signal(object)
    """The ``Stage`` that is shown from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: list[Stage] = []
        self._waiting: dict[Stage, int] = {}
        self._makers: dict[Stage, Callable[[], object]] = {}
        self._bar = QTabBar()
        self._bar.setObjectName("stages")
        self._bar.setDocumentMode(True)
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setElideMode(Qt.TextElideMode.ElideNone)
        self._pages = PageStack()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        self._bar.currentChanged.connect(self._show_page)
        self._retranslate()

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that have a page, in order."""
        return tuple(self._stages)

    @property
    def bar(self) -> QTabBar:
        """The tabs of the stages, to be placed by the caller."""
        return self._bar

    @property
    def stage(self) -> Stage:
        """The shown stage."""
        return self._stages[self._bar.currentIndex()]

    def expect_pages(self) -> None:
        """Gives every stage its tab and its shortcut; missing pages are added later."""
        # The first one is shown.
        for stage in (Stage.CHAPTERS, *Stage):
            if stage not in self._stages:
                self.add_page(stage, QWidget())

    def add_page(self, stage: Stage, page: QWidget) -> None:
        """Adds the page of a stage at the position of the stage."""
        if stage in self._stages:
            self._replace(self._stages.index(stage), page)
            return
        order = list(Stage)
        place = sum(order.index(other) < order.index(stage) for other in self._stages)
        self._stages.insert(place, stage)
        self._pages.insertWidget(place, page)
        self._bar.insertTab(place, "")
        self.addAction(self._action(len(self._stages)))
        self._retranslate()

    def when_first_shown(self, stage: Stage, make: Callable[[], object]) -> None:
        """Has ``make`` add the page of an expected stage when the author first goes there."""
        self._makers[stage] = make

    def _replace(self, place: int, page: QWidget) -> None:
        expected = self._pages.widget(place)
        is_shown = expected is self._pages.currentWidget()
        self._pages.insertWidget(place, page)
        if is_shown:
            self._pages.setCurrentIndex(place)
        if expected is not None:
            self._pages.removeWidget(expected)
            expected.deleteLater()

    def _action(self, number: int) -> QAction:
        """Switches to the stage at an index from 1: by its shortcut, and from a menu."""
        action = QAction(self)
        action.setShortcut(QKeySequence(f"Alt+{number}"))
        action.triggered.connect(lambda: self._bar.setCurrentIndex(number - 1))
        return action

    def show_stage(self, stage: Stage) -> None:
        """Switches to a stage whose page was added."""
        self._bar.setCurrentIndex(self._stages.index(stage))

    def begin_at(self, stage: Stage) -> None:
        """Switches to a stage and focuses its page."""
        self.show_stage(stage)
        if (page := self._pages.currentWidget()) is not None:
            page.setFocus()

    def show_waiting(self, stage: Stage, count: int) -> None:
        """Shows beside the name of a stage how many things wait there for the author."""
        self._waiting[stage] = count
        self._retranslate()

    def _retranslate(self) -> None:
        names = {
            Stage.IDEA: self.tr("Idea"),
            Stage.BLUEPRINT: self.tr("Blueprint"),
            Stage.OUTLINE: self.tr("Outline"),
            Stage.CHAPTERS: self.tr("Write"),
            Stage.REVIEW: self.tr("Review"),
        }
        self._bar.setAccessibleName(self.tr("Stages of the book"))
        for place, stage in enumerate(self._stages):
            count = self._waiting.get(stage, 0)
            self._bar.setTabText(place, f"{names[stage]} ({count})" if count else names[stage])
            self.actions()[place].setText(names[stage])
            shortcut = self.tr("{name} (Alt+{number})")
            self._bar.setTabToolTip(place, shortcut.format(name=names[stage], number=place + 1))

    @Slot(int)
    def _show_page(self, place: int) -> None:
        # While pages are added, the bar has its first tab before its name is known.
        if 0 <= place < self._pages.count():
            stage = self._stages[place]
            if (make := self._makers.pop(stage, None)) is not None:
                make()
            self._pages.setCurrentIndex(place)
            self.stage_changed.emit(stage)
