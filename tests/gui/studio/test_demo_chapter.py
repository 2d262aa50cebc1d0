"""The demonstration comes to its end whatever its model makes of the chapter."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.demo.one_chapter import Demo, DemoReport
from arboris_desktop.domain.settings import WritingSettings
from tests.support.scripted_answers import error, text
from tests.support.scripted_provider import ScriptedProvider
from tests.support.studio_stage import Play, Stage

WORDS = " ".join(f"word{number}" for number in range(250))
"""Far more than is asked for below."""


def demo(stage: Stage, out: Path) -> Demo:
    stage.services.preferences.set(WritingSettings(100, candidates=1, continue_until_target=False))
    return Demo(stage.studio, stage.window, stage.services, out, DemoReport(0.0))


@pytest.mark.parametrize("end", ["stop", "length"])
def test_a_chapter_is_stored_whether_or_not_the_model_ends_it(
    play: Play, scripted_provider: ScriptedProvider, tmp_path: Path, end: str
) -> None:
    async def act(stage: Stage) -> None:
        played = demo(stage, tmp_path)
        chapter_id = await played.open_sample()
        scripted_provider.behaviours.append(text(WORDS, finish_reason=end))
        await played.write(chapter_id)
        assert stage.stored_text(2) == WORDS
        assert ("draft_kept_after" in played.report.figures) is (end == "length")
        (task,) = stage.services.queue.recent()
        assert task.chapter_id == chapter_id

    play(act)


def test_it_does_not_wait_for_a_model_that_wrote_nothing(
    play: Play, scripted_provider: ScriptedProvider, tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        played = demo(stage, tmp_path)
        chapter_id = await played.open_sample()
        scripted_provider.behaviours.append(error(401, "no such key"))
        with pytest.raises(RuntimeError, match="wrote nothing"):
            await played.write(chapter_id)

    play(act)
