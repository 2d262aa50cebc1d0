"""Parts that are made only when the first novel is opened."""

from __future__ import annotations

from threading import Thread, current_thread, main_thread

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.studio_stage import Play, Stage


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
