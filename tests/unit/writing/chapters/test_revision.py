"""Letting a model revise a passage: what is sent, and what is kept."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, ProviderError
from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.revision import Passage, PassageRevision, RevisionKind, RevisionStatus
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.guides import Guides, guide_lines
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.chapters.revision import Revision, RevisionReady, RevisionRequest
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import ScriptedProvider, prompt_of, reset_after, text

CHAPTER = "The tide went out.\n\n“Who goes there?” said Mara.\n\nNobody answered her."
ASKED = "“Who goes there?” said Mara.\n\n"


@pytest.fixture
def revision(database: Database, source: ProviderSource, register: ChapterRegister) -> Revision:
    return Revision(database, ModelCalls(database, source, PromptLibrary()), register)


def request(novel: NovelContents, instruction: str = "") -> RevisionRequest:
    passage = Passage(novel.chapters[0].id, CHAPTER.index(ASKED), ASKED)
    return RevisionRequest(passage, RevisionKind.DIALOGUE, instruction, CHAPTER)


async def propose(revision: Revision, wanted: RevisionRequest) -> PassageRevision:
    async with aclosing(revision.propose(wanted)) as events:
        last = [event async for event in events][-1]
    assert isinstance(last, RevisionReady)
    return last.revision


def test_a_proposal_is_stored_and_fits_into_its_place(
    revision: Revision, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(text("\n“Who's there?” Mara said.\n"))

    made = asyncio.run(propose(revision, request(novel, "shorter")))

    assert made.proposal == "“Who's there?” Mara said.\n\n"
    assert (made.instruction, made.status) == ("shorter", RevisionStatus.PROPOSED)
    assert revision.waiting(novel.chapters[0].id) == made


def test_the_model_sees_the_passage_between_what_stands_around_it(
    revision: Revision,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
    database: Database,
) -> None:
    Guides(database).save(novel.project.id, WritingGuide("A ferryman.", (), ("Nobody flies.",)))
    scripted_provider.behaviours.append(text("“Who?”"))

    asyncio.run(propose(revision, request(novel, "Make her afraid.")))

    sent = prompt_of(scripted_provider.requests[0])
    assert f"<<<PASSAGE\n{ASKED}\nPASSAGE>>>" in sent
    assert sent.index("The tide went out.") < sent.index(ASKED) < sent.index("Nobody answered her.")
    assert "Make her afraid." in sent
    assert "Voice: A ferryman." in sent
    assert "1. Nobody flies." in sent


def test_what_is_previewed_is_sent(
    revision: Revision, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    preview = asyncio.run(revision.preview(request(novel)))
    asyncio.run(propose(revision, request(novel)))

    sent = scripted_provider.requests[0]["messages"]
    assert [message["content"] for message in sent] == [m.content for m in preview.messages]


def test_a_decided_proposal_waits_no_longer(
    revision: Revision, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    made = asyncio.run(propose(revision, request(novel)))

    revision.decide(made.id, RevisionStatus.REJECTED)

    assert revision.waiting(novel.chapters[0].id) is None


def test_a_cut_answer_stores_nothing(
    revision: Revision, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(reset_after("“Who"))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(propose(revision, request(novel)))

    assert caught.value.kind is ErrorKind.CONNECTION
    assert revision.waiting(novel.chapters[0].id) is None


def test_a_passage_that_does_not_fit_the_model_is_refused_before_it_is_sent(
    revision: Revision, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    huge = "A very long passage. " * 5000
    passage = Passage(novel.chapters[0].id, 0, huge)

    with pytest.raises(ProviderError) as caught:
        asyncio.run(propose(revision, RevisionRequest(passage, RevisionKind.REWRITE, "", huge)))

    assert caught.value.kind is ErrorKind.CONTEXT_TOO_LONG
    assert scripted_provider.requests == []


def test_a_chapter_that_is_gone_is_told(revision: Revision) -> None:
    wanted = RevisionRequest(Passage(99, 0, "x"), RevisionKind.REWRITE, "", "x")

    with pytest.raises(NotFoundError):
        asyncio.run(propose(revision, wanted))


def test_proposals_are_recorded_as_drafting(
    revision: Revision, novel: NovelContents, database: Database
) -> None:
    asyncio.run(propose(revision, request(novel)))

    with database.read() as transaction:
        (call,) = transaction.calls.of_project(novel.project.id)
    assert call.purpose.task is ModelTask.DRAFTING
    assert call.purpose.chapter_id == novel.chapters[0].id


def test_an_empty_guide_says_nothing() -> None:
    assert guide_lines(WritingGuide(), Language.CHINESE) == ""
