"""Two novels, one after the other: whatever is shown, typed or made belongs to the open one."""

from __future__ import annotations

import pytest

from tests.gui.novels.novel_ways import WAYS, Novels, Way, no_trace, settled, traces, until_open
from tests.support.studio_stage import Play, Stage
from tests.support.two_novels import MarkedNovel

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


async def look_everywhere(stage: Stage, novel: MarkedNovel) -> None:
    """Visits every stage of the book, and its chapters."""
    for page in stage.window.workspace.stages:
        stage.window.workspace.show_stage(page)
        await settled(stage)
    stage.window.show_chapters()
    for number in (1, 2, 3):
        await stage.open_chapter(number)
        await settled(stage)
    assert traces(stage, novel), "the test sees nothing"


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_of_a_novel_outlives_it(play: Play, novels: Novels, way: Way) -> None:
    first, _ = novels

    async def act(stage: Stage) -> None:
        stage.studio.library.open_novel(first.id)
        await until_open(stage, first.mark)
        await settled(stage)
        await look_everywhere(stage, first)

        await way(stage, novels)

        no_trace(stage, first)
        await settled(stage)
        no_trace(stage, first)
        for page in stage.window.workspace.stages:
            stage.window.workspace.show_stage(page)
            no_trace(stage, first)
            await settled(stage)
            no_trace(stage, first)

    play(act)
