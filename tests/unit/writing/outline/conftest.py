"""A planner at a scripted model, and a novel without chapters."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining


@pytest.fixture
def outlining(database: Database, source: ProviderSource) -> Outlining:
    return Outlining(database, ModelCalls(database, source, PromptLibrary()))


@pytest.fixture
def editing(database: Database) -> OutlineEditing:
    return OutlineEditing(database)


@pytest.fixture
def empty(database: Database) -> str:
    """A novel without chapters."""
    return Novels(database).create(NewNovel(title="The Long Ebb", premise="The tide stays away."))
