"""``analyse`` looks after the index and the summaries, as the window does."""

from __future__ import annotations

import json

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.writing.chapters.drafting import store_chapter
from tests.support.prose import prose
from tests.support.scripted_provider import EMPTY_ANSWERS, schema_name
from tests.wire.authoring import Author
from tests.wire.wires import DONE, Request, Wire, data, head, piece, serving


def answering(request: Request) -> Wire:
    name = schema_name(request.body)
    text = prose(60) if name is None else json.dumps(EMPTY_ANSWERS[name])
    return (head(), data(piece(text)), data(piece(finish="stop")), DONE)


@pytest.fixture
def novel_id(author: Author) -> str:
    """Ten chapters that are told and an eleventh whose analysis waits."""
    outline = tuple(OutlineChapter("Title") for _ in range(12))
    with author.services() as services:
        found = services.novels.create(NewNovel("Tides", volumes=(OutlineVolume("", outline),)))
        with services.database.write() as transaction:
            chapters = transaction.chapters.of_project(found)
            for chapter in chapters[:10]:
                transaction.chapters.set_summary(chapter.id, "Told.")
        store_chapter(services.database, chapters[10].id, "The gulls went up.", provider="nobody")
    return found


def test_a_queue_that_is_worked_without_a_window_leaves_no_index_or_summary_behind(
    author: Author, novel_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answering) as server:
        monkeypatch.setenv("ARBORIS_BASE_URL", server.url)
        assert main(["analyse", "--until-empty"]) == 0

    with author.services() as services, services.database.read() as transaction:
        summaries = transaction.summaries.of_project(novel_id)
        assert [each.last_chapter for each in summaries] == [10]
        assert transaction.passages.stale_chapters(novel_id) == []
