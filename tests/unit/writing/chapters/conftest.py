"""A round of candidates for the first chapter of the novel."""

from __future__ import annotations

import pytest

from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.short_chapters import SHORT_CHAPTERS


@pytest.fixture
def rounds(database: Database, instance: Instance, register: ChapterRegister) -> CandidateRounds:
    return CandidateRounds(database, instance, register)


@pytest.fixture
def candidates(
    database: Database, source: ProviderSource, rounds: CandidateRounds, register: ChapterRegister
) -> Candidates:
    Preferences(database).set(SHORT_CHAPTERS)
    return Candidates(database, ModelCalls(database, source, PromptLibrary()), rounds, register)


@pytest.fixture
def chapter_id(novel: NovelContents) -> int:
    return novel.chapters[0].id
