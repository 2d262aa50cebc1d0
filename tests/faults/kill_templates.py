"""The data folders that rounds begin with, made once and copied for each."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import build_services
from arboris_desktop.storage.engine.migrate import REVISIONS
from tests.faults.invariants import Expected, OldRows, Snapshot
from tests.faults.kill_book import BookChapter
from tests.faults.kill_typing import TITLE
from tests.faults.stage import make_template

TEMPLATES = "templates"
"""The folder beside those of the rounds."""

WRITING = "writing"
"""One stored and one planned chapter."""

ANALYSIS = "analysis"
"""Two stored chapters that await analysis, and a book that can be imported."""

EDITING = "editing"
"""One stored chapter that awaits analysis, and a novel with a chapter to be typed."""

OLD = "old"
"""A database of the oldest released schema, large enough for its copy to take a while."""

OLD_MARK = "of-an-old-schema"
"""A file in that folder, by which its rounds are known."""

IMPORTED = "book.txt"
IMPORTED_CHAPTERS = 150
_FILLER_BYTES = 20_000_000
_OLD_PROJECT = "0d1e0000-0000-4000-8000-00000000b00c"
_SCHEMAS = Path(__file__).parents[1] / "unit" / "storage" / "engine" / "released_schemas"
_THEN = "2026-01-02 03:04:05.000000"


def make_templates(folder: Path) -> dict[str, Expected]:
    """Makes every template under ``folder`` and says what each leads to."""
    expected = {
        WRITING: make_template(folder / WRITING, chapters=2, stored=1),
        ANALYSIS: make_template(folder / ANALYSIS, chapters=2, stored=2),
        EDITING: make_template(folder / EDITING, chapters=1, stored=1),
        OLD: _make_old(folder / OLD),
    }
    _add_novel_to_type(folder / EDITING)
    (folder / ANALYSIS / IMPORTED).write_text(_book_to_import(), encoding="utf-8")
    return expected


def _add_novel_to_type(home: Path) -> None:
    services = build_services({"ARBORIS_HOME": str(home)}, keys=SessionKeyStore())
    try:
        volume = OutlineVolume("", (OutlineChapter(""),))
        services.novels.create(NewNovel(TITLE, "A keeper writes.", volumes=(volume,)))
    finally:
        services.close()


def old_rows(home: Path) -> OldRows:
    """The rows of the old schema's template, for a round's data folder."""
    return _rows_of(home.parent.parent / TEMPLATES / OLD / "arboris.db")


_rows_of = lru_cache(OldRows.of)


def _book_to_import() -> str:
    chapters = (BookChapter(number) for number in range(1, IMPORTED_CHAPTERS + 1))
    return "\n\n".join(f"Chapter {chapter.number}\n\n{chapter.text}" for chapter in chapters)


def half_imported(seen: Snapshot) -> list[str]:
    """An imported book is there with all its chapters' texts, or not at all."""
    found = []
    for project, planned, texts in seen.rows(
        "SELECT p.id, (SELECT count(*) FROM chapters WHERE project_id = p.id),"
        " (SELECT count(*) FROM chapters c JOIN chapter_versions v"
        "  ON v.id = c.selected_version_id WHERE c.project_id = p.id)"
        " FROM novel_projects p WHERE p.title = ?",
        Path(IMPORTED).stem,
    ):
        if (planned, texts) != (IMPORTED_CHAPTERS, IMPORTED_CHAPTERS):
            found.append(f"the import {project} has {planned} chapters and {texts} texts")
    return found


def _make_old(home: Path) -> Expected:
    """The released schema with its rows, and a novel of ours whose chapters wait."""
    home.mkdir(parents=True)
    (home / OLD_MARK).touch()
    schema = (_SCHEMAS / f"{REVISIONS[0]}.sql").read_text(encoding="utf-8")
    chapters = (BookChapter(1), BookChapter(2))
    with closing(sqlite3.connect(home / "arboris.db")) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(schema)
        connection.execute(
            "INSERT INTO novel_projects (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)",
            (_OLD_PROJECT, "The Keeper", _THEN, _THEN),
        )
        for chapter in chapters:
            _insert_chapter(connection, chapter)
        connection.execute(
            "INSERT INTO novel_conversations (project_id, seq, role, content, created_at)"
            " VALUES (?, 1, 'user', ?, ?)",
            (_OLD_PROJECT, "x" * _FILLER_BYTES, _THEN),
        )
    return Expected(_OLD_PROJECT, chapters, frozenset({1, 2}))


def _insert_chapter(connection: sqlite3.Connection, chapter: BookChapter) -> None:
    chapter_id = connection.execute(
        "INSERT INTO chapters (project_id, chapter_number, status, word_count, created_at,"
        " updated_at) VALUES (?, ?, 'successful', 300, ?, ?)",
        (_OLD_PROJECT, chapter.number, _THEN, _THEN),
    ).lastrowid
    version_id = connection.execute(
        "INSERT INTO chapter_versions (chapter_id, origin, content, created_at)"
        " VALUES (?, 'model', ?, ?)",
        (chapter_id, chapter.text, _THEN),
    ).lastrowid
    connection.execute(
        "UPDATE chapters SET selected_version_id = ? WHERE id = ?", (version_id, chapter_id)
    )
    connection.execute(
        "INSERT INTO pending_analysis (chapter_id, project_id, chapter_version_id,"
        " version_revision, generation_config, created_at, updated_at)"
        " VALUES (?, ?, ?, 1, ?, ?, ?)",
        (chapter_id, _OLD_PROJECT, version_id, json.dumps({}), _THEN, _THEN),
    )
