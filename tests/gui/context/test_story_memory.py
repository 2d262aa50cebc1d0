"""In the studio: after the tenth analysis the story is summed up, and later chapters are told."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.story import StorySummary, SummaryLevel
from arboris_desktop.writing.chapters.drafting import store_chapter
from tests.gui.studio.studio_samples import CHAPTER, FACTS
from tests.support.scripted_provider import ScriptedProvider, perfect_rule, prompt_of, text
from tests.support.studio_stage import Play, Stage


def test_the_story_is_summed_up_after_an_analysis(
    play: Play, scripted_provider: ScriptedProvider
) -> None:
    perfect = perfect_rule(FACTS)
    scripted_provider.rule = lambda request: (
        text("前十章的前情。") if "整理范围" in prompt_of(request) else perfect(request)
    )

    async def act(stage: Stage) -> None:
        database = stage.services.database
        project_id = _nine_chapters_told(stage)

        def stored() -> list[StorySummary]:
            with database.read() as transaction:
                return transaction.summaries.of_project(project_id)

        tenth = stage.services.novels.open(project_id).chapters[9]
        store_chapter(database, tenth.id, CHAPTER, provider="nobody")
        stage.studio.library.open_novel(project_id)
        stage.studio.writing.task_queued.emit()

        await stage.until(stored, "the story is summed up")
        (summary,) = stored()
        assert (summary.level, summary.first_chapter, summary.last_chapter) == (
            SummaryLevel.PART,
            1,
            10,
        )
        eleventh = stage.services.novels.open(project_id).chapters[10]
        told = await stage.services.inspection.inspect(eleventh.id)
        assert "第 1 至 10 章：前十章的前情。" in told.preview.messages[1].content

    play(act)


def _nine_chapters_told(stage: Stage) -> str:
    plan = tuple(OutlineChapter(f"第{number}章") for number in range(1, 13))
    project_id = stage.services.novels.create(
        NewNovel("潮", language=Language.CHINESE, volumes=(OutlineVolume("一", plan),))
    )
    with stage.services.database.write() as transaction:
        for chapter in transaction.chapters.of_project(project_id)[:9]:
            transaction.chapters.set_summary(chapter.id, f"第{chapter.number}章的事。")
    return project_id
