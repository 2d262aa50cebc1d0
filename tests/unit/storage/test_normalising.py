"""Books of earlier versions are brought into the one form, and every place keeps its words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as text_of_query

from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind
from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.exchange.novel_file import reading
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.moving import move_library
from arboris_desktop.text.insertion import place_after
from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.writing.novels import Novels
from tests.support.postgres_server import PostgresServer

CHINESE = (
    "　　雾散了。2 * 3 = 6。\r\n　　他说：“我从未离开。”\r\n***\r\n　　*钟声*不响，潮水退去。\r\n"
)
WRAPPED = "\n".join(["the lantern swung over the harbour and the gulls fell silent as"] * 9)
ENGLISH = f"  She left. \n\n###\n\n{WRAPPED}\nthey went.\n\n“I never left,” said *Ida*.\n\n\n\n"
FORMED = {
    CHINESE: ("雾散了。2 \\* 3 = 6。\n\n他说：“我从未离开。”\n\n* * *\n\n*钟声*不响，潮水退去。"),
    ENGLISH: (
        f"She left.\n\n* * *\n\n{WRAPPED} they went.\n\n“I never left,” said *Ida*.".replace(
            "as\n", "as "
        )
    ),
}
QUOTATIONS = {CHINESE: "“我从未离开。”", ENGLISH: "“I never left,” said"}
OPEN = {CHINESE: "他说：“我从未离开。”\r\n***\r\n　　*钟声*", ENGLISH: "they went.\n\n“I never"}
OPEN_FORMED = {CHINESE: "他说：“我从未离开。”\n\n* * *\n\n*钟声", ENGLISH: "they went.\n\n“I never"}

NOT_FORMED = (
    "DROP TABLE call_places",
    "DROP TABLE provider_circuits",
    "ALTER TABLE analysis_errors DROP COLUMN raw_answer",
    "ALTER TABLE chapter_candidates DROP COLUMN raw_answer",
    "DROP TABLE analysis_counts",
    "DROP TABLE call_totals",
    "DELETE FROM analysis_durations WHERE slot > 0",
    "UPDATE alembic_version SET version_num = '0017'",
)
"""Makes of a library of today one from before its texts were brought into form."""

_COUNTING = ("tasks_arrive", "tasks_leave", "tasks_change", "calls_arrive", "calls_leave")
NOT_FORMED_HERE = (*(f"DROP TRIGGER count_{name}" for name in _COUNTING), *NOT_FORMED)
NOT_FORMED_THERE = (*(f"DROP FUNCTION count_{name} CASCADE" for name in _COUNTING), *NOT_FORMED)

Shell = Callable[..., Any]


def old_book(run: Shell, database: Database, text: str, language: Language) -> None:
    """Stores a chapter as earlier versions did, and of each kind something that points into it."""
    volume = OutlineVolume("", (OutlineChapter("One"),))
    novels = Novels(database)
    project = novels.create(NewNovel(language.value, language=language, volumes=(volume,)))
    chapter = novels.open(project).chapters[0].id
    then = "2026-01-01 00:00:00.000000"
    start = text.index(QUOTATIONS[text])
    end = start + len(QUOTATIONS[text])
    version = f"SELECT max(id) FROM chapter_versions WHERE chapter_id = {chapter}"
    for origin in ("model", "author"):
        run(
            "INSERT INTO chapter_versions (chapter_id, origin, content, created_at)"
            " VALUES (?, ?, ?, ?)",
            *(chapter, origin, text, then),
        )
    run(
        f"UPDATE chapters SET selected_version_id = ({version}), word_count = 1 WHERE id = ?",
        chapter,
    )
    run(
        "INSERT INTO chapter_snapshots (chapter_id, kind, content, created_at) VALUES (?, ?, ?, ?)",
        *(chapter, "named", text, then),
    )
    run(
        "INSERT INTO codex_entries (project_id, kind, name, aliases, attributes, created_at,"
        " updated_at) VALUES (?, 'character', 'Ida', '[]', '{}', ?, ?)",
        *(project, then, then),
    )
    entry = f"(SELECT id FROM codex_entries WHERE project_id = '{project}')"
    run(
        "INSERT INTO codex_facts (entry_id, chapter_id, version_id, version_revision, statement,"
        f' quotation, start, "end", confidence, status, created_at) VALUES ({entry}, ?,'
        f" ({version}), 1, 'speaks', ?, ?, ?, 0.9, 'accepted', ?)",
        *(chapter, QUOTATIONS[text], start, end, then),
    )
    run(
        "INSERT INTO codex_alerts (project_id, chapter_id, entry_id, kind, signature, quotation,"
        f' start, "end", created_at) VALUES (?, ?, {entry}, ?, ?, ?, ?, ?, ?)',
        *(project, chapter, "dead_character_acts", "s", QUOTATIONS[text], start, end, then),
    )
    run(
        'INSERT INTO chapter_comments (chapter_id, quotation, start, "end", content, created_at,'
        " updated_at) VALUES (?, ?, ?, ?, 'Why?', ?, ?)",
        *(chapter, QUOTATIONS[text], start, end, then, then),
    )
    run(
        "INSERT INTO passage_revisions (chapter_id, kind, start, original, proposal, status,"
        " created_at, updated_at) VALUES (?, 'rewrite', ?, ?, ?, 'proposed', ?, ?)",
        *(chapter, text.index(OPEN[text]), OPEN[text], "\nBetter.\n", then, then),
    )
    note = {"severity": "hint", "comment": "", "quotation": "", "start": start, "end": end}
    note |= {"dimension": None, "rule": None}
    run(
        "INSERT INTO chapter_evaluations (chapter_id, version_id, kind, details, created_at)"
        f" VALUES (?, ({version}), 'review', ?, ?)",
        *(chapter, json.dumps({"notes": [note], "beats": []}), then),
    )
    run(
        "INSERT INTO passages (project_id, chapter_id, version_id, version_revision, position,"
        f' start, "end") VALUES (?, ?, ({version}), 1, 0, 0, 4)',
        *(project, chapter),
    )
    kept = {"before": text[:start], "offset": start, "after": text[start:], "text": "More."}
    run(
        "INSERT INTO kept_answers (project_id, chapter_id, kind, content, kept_at)"
        " VALUES (?, ?, 'continuation', ?, ?)",
        *(project, chapter, json.dumps(kept), then),
    )


def check_texts(database: Database) -> None:
    """All texts are in form, and comments stand at their words."""
    with database.read() as transaction:
        for novel in transaction.projects.all():
            (chapter,) = transaction.chapters.of_project(novel.id)
            old = CHINESE if novel.language is Language.CHINESE else ENGLISH
            texts = [each.content for each in transaction.chapters.versions(chapter.id)]
            texts += [each.content for each in transaction.snapshots.of_chapter(chapter.id)]
            assert texts == [FORMED[old]] * 3
            assert ShownProse.of(FORMED[old]).stored == FORMED[old]
            assert chapter.word_count > 10
            text, quotation = FORMED[old], QUOTATIONS[old]
            (comment,) = transaction.comments.of_project(novel.id)
            assert text[comment.start : comment.end] == comment.quotation == quotation


def check(database: Database) -> None:
    """Nothing has lost its place, in any of the novels."""
    check_texts(database)
    with database.read() as transaction:
        for novel in transaction.projects.all():
            (chapter,) = transaction.chapters.of_project(novel.id)
            old = CHINESE if novel.language is Language.CHINESE else ENGLISH
            text, quotation = FORMED[old], QUOTATIONS[old]
            revision = transaction.revisions.newest_open(chapter.id)
            assert revision is not None
            assert revision.passage.text == OPEN_FORMED[old]
            assert text.startswith(OPEN_FORMED[old], revision.passage.start)
            key = AnswerKey(novel.id, AnswerKind.CONTINUATION, chapter.id)
            kept = transaction.kept_answers.get(key)
            assert kept is not None
            assert place_after(text, kept.content["before"]) == text.index(quotation)
            assert text.startswith(kept.content["after"], kept.content["offset"])
            assert transaction.passages.stale_chapters(novel.id) == [chapter.id]


PLACES = (
    'SELECT p.language, f.start, f."end" FROM codex_facts f'
    " JOIN codex_entries e ON e.id = f.entry_id JOIN novel_projects p ON p.id = e.project_id",
    'SELECT p.language, a.start, a."end" FROM codex_alerts a'
    " JOIN novel_projects p ON p.id = a.project_id",
)
NOTES = (
    "SELECT p.language, v.details FROM chapter_evaluations v JOIN chapters c ON c.id = v.chapter_id"
    " JOIN novel_projects p ON p.id = c.project_id"
)


def check_rows(found: Callable[[str], list[tuple[Any, ...]]]) -> None:
    """Facts, alerts and notes of reviews stand at their words."""
    places = [row for query in PLACES for row in found(query)]
    for language, details in found(NOTES):
        (note,) = (json.loads(details) if isinstance(details, str) else details)["notes"]
        places.append((language, note["start"], note["end"]))
    assert len(places) == 6
    for language, start, end in places:
        old = CHINESE if language == "zh" else ENGLISH
        assert FORMED[old][start:end] == QUOTATIONS[old]


@pytest.fixture
def old_rows(paths: DataPaths) -> DataPaths:
    """A library with two books as an earlier version stored them."""
    with closing(Database(paths)) as database, closing(sqlite3.connect(paths.database)) as file:

        def run(query: str, *values: object) -> None:
            with file:
                file.execute(query, values)

        for text, language in ((CHINESE, Language.CHINESE), (ENGLISH, Language.ENGLISH)):
            old_book(run, database, text, language)
    return paths


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as file:
        return list(file.iterdump())


def test_an_older_book_is_brought_into_form_once_with_all_that_points_into_it(
    old_rows: DataPaths,
) -> None:
    paths = old_rows
    for statement in NOT_FORMED_HERE:
        run_on(paths, statement)
    with closing(Database(paths)) as database:
        check(database)
    with closing(sqlite3.connect(paths.database)) as file:
        check_rows(lambda query: file.execute(query).fetchall())
    (copy,) = paths.backups.iterdir()
    with closing(sqlite3.connect(copy)) as file:
        kept = {row[0] for row in file.execute("SELECT content FROM chapter_versions")}
    assert kept == {CHINESE, ENGLISH}

    once = dump(paths.database)
    for statement in NOT_FORMED_HERE:
        run_on(paths, statement)
    Database(paths).close()
    assert dump(paths.database) == once


def test_a_book_on_a_server_is_brought_into_form(
    old_rows: DataPaths, postgres: PostgresServer
) -> None:
    server = DataPaths(old_rows.home, postgres.empty_database())
    with closing(Database(old_rows)) as here, closing(Database(server)) as there:
        move_library(here, there)
    assert server.server is not None
    for statement in NOT_FORMED_THERE:
        postgres.run(statement, server.server.partition("?")[0].rpartition("/")[2])

    with closing(Database(server)) as database:
        check(database)
        check_rows(lambda query: found_in(database, query))


def test_a_novel_file_of_an_earlier_version_arrives_in_form(
    old_rows: DataPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FORMED_SINCE", "9999")
    target = DataPaths(tmp_path / "target")
    target.create()
    with closing(Database(old_rows)) as here, closing(Database(target)) as there:
        for number, novel in enumerate(Novels(here).all()):
            file = tmp_path / f"{number}.arboris"
            export_novel(here, novel.id, file)
            reading.import_novel(there, file)
        check_texts(there)
        check_rows(lambda query: found_in(there, query))


def found_in(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database._store.reading() as connection:
        return [tuple(row) for row in connection.execute(text_of_query(query))]


def run_on(paths: DataPaths, query: str) -> None:
    with closing(sqlite3.connect(paths.database)) as file, file:
        file.execute(query)
