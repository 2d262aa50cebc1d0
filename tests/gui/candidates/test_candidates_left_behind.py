"""Versions of a chapter that a crash or the end of the program left undecided."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.candidates import CandidateStatus
from arboris_desktop.domain.novel import Language
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from tests.gui.candidates.candidate_steps import (
    OTHER,
    columns,
    finished,
    generate,
    press_in,
    writing,
)
from tests.gui.studio.studio_samples import BEGINNING, CHAPTER
from tests.support.scripted_provider import ScriptedProvider, text
from tests.support.studio_stage import Play, Stage, open_services, perform, set_the_stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

_SLOW = text("", pieces=[BEGINNING, *["雾。"] * 600], delay=0.02)


async def _begin(stage: Stage) -> None:
    await generate(stage)
    await stage.until(lambda: all(BEGINNING in c.text() for c in columns(stage)), "both grow")


def test_what_a_crash_left_is_shown_when_the_novel_is_opened(
    application: QApplication, world: dict[str, str], scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = writing(text(CHAPTER), text(OTHER))
    services = open_services(world)
    set_the_stage(services)
    project_id = services.novels.create_sample(Language.CHINESE)
    chapter_id = services.novels.open(project_id).chapters[2].id
    dead = Instance(services.paths.instances)
    begun = CandidateRounds(services.database, dead, services.register).begin_round(chapter_id, 2)
    with services.database.write() as transaction:
        transaction.candidates.save_text(begun.candidates[0].id, "雾里", "host/model")
    dead.close()
    services.close()

    async def act(stage: Stage) -> None:
        stage.studio.library.open_novel(project_id)
        await stage.until(lambda: len(columns(stage)) == 2, "the candidates are shown")
        assert stage.window.chapter_view.chapter_id == chapter_id
        first, second = columns(stage)
        assert first.text() == "雾里"
        assert first.state_text().startswith("Interrupted")
        press_in(second, "Discard")
        await stage.until(lambda: len(columns(stage)) == 1, "the empty one is gone")
        scripted_provider.rule = writing(text("站着一个人，提着灯，在桥头。"), text(OTHER))
        press_in(columns(stage)[0], "Continue")
        await finished(stage, "雾里站着一个人，提着灯，在桥头。")
        (found,) = stage.services.rounds.rounds(chapter_id)
        assert [c.status for c in found.candidates] == [CandidateStatus.STORED]

    perform(application, world, act)


def test_leaving_the_studio_keeps_what_came_of_each(
    application: QApplication, world: dict[str, str], play: Play,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = writing(_SLOW, _SLOW)

    async def act(stage: Stage) -> None:
        await _begin(stage)

    play(act)
    services = open_services(world)
    (found,) = services.rounds.undecided(services.novels.all()[0].id)
    services.close()
    assert [c.status for c in found.candidates] == [CandidateStatus.STOPPED] * 2
    assert all(BEGINNING in c.content for c in found.candidates)


def test_a_novel_opens_where_it_was_left_and_not_at_what_the_author_has_stopped(
    application: QApplication, world: dict[str, str], play: Play,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = writing(_SLOW, _SLOW)

    async def stop_and_leave(stage: Stage) -> None:
        await _begin(stage)
        stage.window.actions_.stop.trigger()
        await stage.until(
            lambda: all(c.state_text().startswith("Stopped") for c in columns(stage)), "stopped"
        )
        await stage.open_chapter(1)

    play(stop_and_leave)

    async def come_back(stage: Stage) -> None:
        (novel,) = stage.services.novels.all()
        stage.studio.library.open_novel(novel.id)
        await stage.until(lambda: stage.studio.library.contents, "the novel is open")
        await stage.until_shown(1)
        await stage.open_chapter(2)
        await stage.until(lambda: len(columns(stage)) == 2, "they wait where they were")

    perform(application, world, come_back)
