"""A click on a notification, wherever it was shown, leads to its chapter."""

from __future__ import annotations

import pytest

from tests.support.studio_stage import Play, Stage

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


def test_the_click_opens_the_chapter_and_counts_as_read(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        stage.window.actions_.analyse.trigger()
        await stage.until(stage.notifications, "the analysis is told of")
        (told,) = stage.notifications()
        await stage.open_chapter(2)
        stage.window.actions_.home.trigger()

        stage.studio._desks.tasks._notifier.clicked.emit(told)

        await stage.until(lambda: stage.window.is_in_studio, "the novel is open again")
        await stage.until_shown(1)
        await stage.until(lambda: stage.services.inbox.unread_count() == 0, "it counts as read")

    play(act)
