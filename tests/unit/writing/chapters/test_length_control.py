"""A chapter that comes out short is continued; one that is complete is never put at risk."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import (
    DraftContinued,
    DraftEvent,
    Drafting,
    DraftStored,
    DraftText,
)
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    error,
    prompt_of,
    reset_after,
    text,
)


def words(first: int, count: int) -> str:
    """So many different words, ending a sentence."""
    return " ".join(f"word{number}" for number in range(first, first + count)) + "."


@pytest.fixture
def drafting(
    database: Database, source: ProviderSource, register: ChapterRegister, scripted_provider: object
) -> Drafting:
    Preferences(database).set(WritingSettings(target_words=100))
    return Drafting(database, ModelCalls(database, source, PromptLibrary()), register)


def write(drafting: Drafting, novel: NovelContents, *, resume: bool = False) -> list[DraftEvent]:
    async def run() -> list[DraftEvent]:
        return [e async for e in drafting.write(novel.chapters[0].id, resume=resume)]

    return asyncio.run(run())


def stored(events: list[DraftEvent]) -> DraftStored:
    end = events[-1]
    assert isinstance(end, DraftStored)
    assert "".join(e.text for e in events if isinstance(e, DraftText)) == end.version.content
    return end


def script(provider: ScriptedProvider, *behaviours: Behaviour) -> None:
    provider.rule = lambda _request: error(400, "the script is at its end")
    provider.behaviours.extend(behaviours)


def test_a_short_chapter_is_continued_until_it_is_long_enough(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    script(scripted_provider, text(words(0, 40)), text(words(40, 30)), text(words(70, 20)))

    events = write(drafting, novel)

    told = [e for e in events if isinstance(e, DraftContinued)]
    assert told == [DraftContinued(1, 40, 100), DraftContinued(2, 70, 100)]
    assert stored(events).version.content == f"{words(0, 40)}\n\n{words(40, 30)}\n\n{words(70, 20)}"
    _, second, third = map(prompt_of, scripted_provider.requests)
    assert "Length still to write: about 60 words." in second
    assert second.endswith(words(0, 40))
    assert "about 30 words" in third
    assert stored(events).usage.total_tokens == 3 * 18


def test_it_goes_on_amid_a_sentence_that_the_limit_cut(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    script(
        scripted_provider,
        text(words(0, 95)[:-1] + " and th", finish_reason="length"),
        text("en the tide turned at the harbour wall, and nobody saw it but the keeper."),
    )

    end = stored(write(drafting, novel))

    assert end.version.content.endswith("and then the tide turned at the harbour wall, and nobody "
                                        "saw it but the keeper.")  # fmt: skip


def test_it_is_continued_three_times_at_most(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    script(scripted_provider, *(text(words(10 * part, 10)) for part in range(4)))

    stored(write(drafting, novel))

    assert len(scripted_provider.requests) == 4


@pytest.mark.parametrize(
    "more",
    [
        text(""),
        text("The end."),  # one word more is no progress
        text(words(0, 40)),  # the chapter again
        text(words(3, 12)),  # a piece of it again
    ],
    ids=["nothing", "hardly anything", "the same again", "a piece again"],
)
def test_a_model_with_no_more_to_say_is_left_alone(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider, more: Behaviour
) -> None:
    script(scripted_provider, text(words(0, 40)), more)

    end = stored(write(drafting, novel))

    assert end.version.content.startswith(words(0, 40))
    assert end.version.content.count("word3 ") == 1
    assert len(scripted_provider.requests) == 2


def test_a_continuation_that_fails_does_not_cost_a_complete_chapter(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    script(scripted_provider, text(words(0, 40)), error(503, "overloaded"))

    assert stored(write(drafting, novel)).version.content == words(0, 40)


def test_a_continuation_that_breaks_off_leaves_a_draft_to_decide_about(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    script(scripted_provider, text(words(0, 40)), reset_after(words(40, 20)[:-1]))

    with pytest.raises(ProviderError) as caught:
        write(drafting, novel)

    assert caught.value.kind is ErrorKind.CONNECTION
    draft = drafting.draft(novel.chapters[0].id)
    assert draft is not None
    assert draft.content.startswith(f"{words(0, 40)}\n\nword40 word41")

    script(
        scripted_provider,
        text(" and the rest of it, in the voice of the harbour, " + words(60, 30)),
    )
    end = stored_resumed(write(drafting, novel, resume=True))
    assert end.version.content.startswith(draft.content + " and the rest of it")


def stored_resumed(events: list[DraftEvent]) -> DraftStored:
    end = events[-1]
    assert isinstance(end, DraftStored)
    return end


def test_the_author_may_take_chapters_as_they_come(
    drafting: Drafting,
    database: Database,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:
    Preferences(database).set(WritingSettings(target_words=100, continue_until_target=False))
    script(scripted_provider, text(words(0, 5)))

    assert stored(write(drafting, novel)).version.content == words(0, 5)


def test_a_model_that_never_ends_is_not_asked_on_and_on(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    script(
        scripted_provider,
        *(text(words(70 * part, 70)[:-1], finish_reason="length") for part in range(5)),
    )

    with pytest.raises(ProviderError) as caught:
        write(drafting, novel)

    assert caught.value.kind is ErrorKind.NO_END
    assert len(scripted_provider.requests) == 3, "70 and 140 of 100 words are asked for their end"
    draft = drafting.draft(novel.chapters[0].id)
    assert draft is not None
    assert (draft.error_kind, draft.content.count("word")) == (ErrorKind.NO_END, 210)

    # The author may have it go on all the same: once each time.
    with pytest.raises(ProviderError):
        write(drafting, novel, resume=True)
    assert len(scripted_provider.requests) == 4

    scripted_provider.behaviours.appendleft(text(words(900, 10)))
    end = write(drafting, novel, resume=True)[-1]
    assert isinstance(end, DraftStored)
    assert end.version.content.endswith(words(900, 10))


def test_a_chapter_that_is_cut_far_beyond_its_length_is_a_draft_at_once(
    drafting: Drafting, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    script(scripted_provider, *[text(words(0, 250)[:-1], finish_reason="length")] * 2)
    with pytest.raises(ProviderError) as caught:
        write(drafting, novel)
    assert caught.value.kind is ErrorKind.NO_END
    assert len(scripted_provider.requests) == 1
    assert len(drafting.keep(novel.chapters[0].id).version.content.split()) == 250
