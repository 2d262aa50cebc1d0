"""Parts that are made only when the first novel is opened."""

from __future__ import annotations

from threading import Thread, current_thread, main_thread

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QListWidget, QToolButton, QWidget

from arboris_desktop.domain.snapshots import SnapshotKind
from arboris_desktop.domain.tasks import QueueCounts
from arboris_desktop.ui.blueprint.page import BlueprintPage
from arboris_desktop.ui.concept.page import ConceptPage
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.review.page import ReviewPage
from arboris_desktop.ui.snapshots.panel import SnapshotPanel
from arboris_desktop.ui.tasks.panel import TaskPanel
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.workspace import Stage as WorkStage
from tests.support.studio_stage import Play, Stage, child


class _Windows(QObject):
    """Notes the windows that come up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() is QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_the_desks_of_a_novel_are_made_with_the_first_one(play: Play, qapp: QApplication) -> None:
    async def act(stage: Stage) -> None:
        desks = stage.studio._desks
        assert desks.of_open_novel.made is None, "nothing is there to follow"
        library = stage.studio.library
        reading_on: list[Thread] = []
        library._read_ahead = lambda: reading_on.append(current_thread())
        await stage.open_chinese_sample(1)
        qapp.removeEventFilter(windows)
        made = desks.of_open_novel.made
        assert made
        assert reading_on != [main_thread()], "the window did not wait for it"
        first = stage.studio.library.novel
        assert {desk._novel for desk in desks.following} == {first}
        stage.window.actions_.home.trigger()
        stage.press("English sample")
        await stage.until(lambda: stage.studio.library.novel is not first, "the other is open")
        assert desks.of_open_novel.made is made
        assert {desk._novel for desk in desks.following} == {stage.studio.library.novel}

    windows = _Windows(qapp)
    qapp.installEventFilter(windows)
    play(act)
    assert windows.shown == ["MainWindow"], "a part that had no place yet was a window"


MOST_WIDGETS = 480
"""About 60 are seen when a novel is opened; more are a sign that something is made too early."""

_PAGES: dict[WorkStage, type[QWidget]] = {
    WorkStage.IDEA: ConceptPage,
    WorkStage.BLUEPRINT: BlueprintPage,
    WorkStage.OUTLINE: OutlinePage,
    WorkStage.REVIEW: ReviewPage,
}


def test_each_page_of_planning_is_made_when_its_stage_is_first_shown(play: Play) -> None:
    async def act(stage: Stage) -> None:
        window, library = stage.window, stage.studio.library
        await stage.open_chinese_sample(1)
        for kind in _PAGES.values():
            assert window.findChildren(kind) == []
        for shown, kind in _PAGES.items():
            window.workspace.show_stage(shown)
            (page,) = window.findChildren(kind)
            assert page.isVisible(), "it is there as soon as its stage is"
        assert {desk._novel for desk in window.findChildren(NovelDesk)} == {library.novel}
        window.actions_.home.trigger()
        stage.press("English sample")
        first = library.novel
        await stage.until(lambda: library.novel is not first, "the other is open")
        for shown, kind in _PAGES.items():
            window.workspace.show_stage(shown)
            assert len(window.findChildren(kind)) == 1
        assert {desk._novel for desk in window.findChildren(NovelDesk)} == {library.novel}

    play(act)


def test_an_open_novel_has_few_widgets(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        assert len(stage.window.findChildren(QWidget)) <= MOST_WIDGETS

    play(act)


def test_an_older_text_is_listed_in_the_panel_that_is_made_for_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        assert stage.window.findChildren(SnapshotPanel) == []
        chapter_id = stage.chapter(1).id
        stage.services.snapshots.take(chapter_id, SnapshotKind.NAMED, "Before all")
        stage.window.show_snapshots()
        (panel,) = stage.window.findChildren(SnapshotPanel)
        texts = child(panel, QListWidget)
        await stage.until(texts.count, "the older text is listed")
        assert "Before all" in texts.item(0).text()

    play(act)


def test_a_chapter_leads_to_its_plan_where_no_stage_was_shown_before(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.window.project_tree.outline_requested.emit()
        (page,) = stage.window.findChildren(OutlinePage)
        wanted = stage.chapter(2).id
        await stage.until(lambda: page.chapter_form.chapter_id == wanted, "its plan is shown")
        assert page.chapter_form.isVisible()

    play(act)


def test_the_panel_of_tasks_is_made_when_it_is_opened_and_full_at_once(play: Play) -> None:
    async def act(stage: Stage) -> None:
        counted: list[QueueCounts] = []
        stage.studio._desks.tasks.counts_changed.connect(counted.append)
        stage.studio.pause_queue()
        await stage.open_chinese_sample(1)
        stage.services.queue.add_chapter(stage.chapter(1).id)
        stage.studio._desks.tasks.look_again()
        await stage.until(lambda: counted and counted[-1].pending, "the task is known")
        assert stage.window.findChildren(TaskPanel) == []
        stage.window.show_tasks()
        (panel,) = stage.window.findChildren(TaskPanel)
        assert [task.chapter_id for task in stage.tasks()] == [stage.chapter(1).id]
        assert any("Resume" in button.text() for button in panel.findChildren(QToolButton))
        assert not child(panel, EmptyState).isVisible(), "the list is shown in its place"

    play(act)
