"""Novels carried to another database: nothing is missing, nothing is mixed up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, String, Table

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.portable.acceptance import (
    GIVEN,
    RANGES,
    TAKEN,
    accepted,
    undecided,
)
from arboris_desktop.storage.portable.columns import (
    JSON_COLUMNS,
    may_be_of_this_computer,
    without_this_computer,
)
from arboris_desktop.storage.portable.survey import JsonRow, survey_rows
from arboris_desktop.storage.portable.tables import (
    LEFT_OUT,
    CarriedTable,
    carried_tables,
    unexplained,
)
from arboris_desktop.storage.portable.upgrades import check_revision, upgraded
from arboris_desktop.storage.tables.schema import metadata
from tests.support.any_rows import Rows, rows_of_a_novel


def test_every_table_is_carried_or_left_out_with_a_reason() -> None:
    """A new table needs a foreign key that leads to the novel, or a line in ``LEFT_OUT``; see
    ``storage/portable/tables.py``."""
    assert unexplained() == []
    assert all(len(reason) > 20 for reason in LEFT_OUT.values())
    assert not set(LEFT_OUT) & set(carried_tables())


def test_every_json_column_says_whether_it_holds_ids() -> None:
    """Ids within JSON are seen by nobody: say in ``JSON_COLUMNS`` of
    ``storage/portable/columns.py`` what a new column holds."""
    columns = {
        f"{one.name}.{column.name}"
        for one in carried_tables().values()
        for column in one.table.columns
        if isinstance(column.type, JSON)
    }
    assert columns == set(JSON_COLUMNS)


def test_no_column_that_sounds_like_this_computer_is_carried_unseen() -> None:
    """Owners, addresses, keys and paths stay here: add a rule for a new column of that kind, or
    name it as harmless, in ``storage/portable/columns.py``."""
    assert [
        f"{one.name}.{column.name}"
        for one in carried_tables().values()
        for column in one.table.columns
        if may_be_of_this_computer(column)
    ] == []


def test_what_a_file_may_set_is_a_closed_list_and_every_number_has_a_range() -> None:
    """Say of a new column in ``storage/portable/acceptance.py`` whether a file may set it."""
    assert [problem for one in carried_tables().values() for problem in undecided(one)] == []
    columns = {name: set(one.table.columns.keys()) for name, one in carried_tables().items()}
    assert set(TAKEN) == set(columns), "no table is taken or left out unseen"
    assert all(taken <= columns[name] for name, taken in TAKEN.items())
    places = {f"{name}.{column}" for name, of_table in columns.items() for column in of_table}
    assert set(GIVEN) | set(RANGES) <= places


def test_a_table_that_nobody_thought_of_is_noticed() -> None:
    schema = MetaData()
    Table("novel_projects", schema, Column("id", String, primary_key=True))
    Table("moods", schema, Column("project_id", ForeignKey("novel_projects.id"), primary_key=True))
    Table("lost", schema, Column("id", Integer, primary_key=True))
    Table(
        "tones",
        schema,
        Column("id", Integer, primary_key=True),
        Column("mood_id", ForeignKey("moods.project_id"), nullable=False),
        Column("scene_id", Integer),
    )

    assert list(carried_tables(schema)) == ["novel_projects", "moods", "tones"]
    assert carried_tables(schema)["tones"].references["mood_id"].table == "novel_projects"
    lost, scene = unexplained(schema)
    assert "table lost is neither carried" in lost
    assert "tones.scene_id" in scene


@pytest.mark.parametrize(
    ("provider", "elsewhere"),
    [
        ("api.example.com/gpt-5", "/gpt-5"),
        ("192.168.1.5:1234//home/me/models/x.gguf", "/x.gguf"),
        ("host/deepseek-ai/DeepSeek-V3", "/deepseek-ai/DeepSeek-V3"),
        ("api.example.com", ""),
        ("builtin/SmolLM2-135M", "builtin/SmolLM2-135M"),
    ],
)
def test_of_a_provider_only_the_model_is_told(provider: str, elsewhere: str) -> None:
    versions = carried_tables()["chapter_versions"]
    for told in (provider, elsewhere):  # the second time, nothing changes any more
        assert without_this_computer(versions, {"provider": told})["provider"] == elsewhere


@pytest.fixture(scope="module")
def shelf() -> Iterator[Database]:
    """A database with many novels, one beside the other."""
    with tempfile.TemporaryDirectory() as folder:
        paths = DataPaths(Path(folder))
        paths.create()
        database = Database(paths)
        yield database
        database.close()


def store(database: Database, rows: Rows) -> str:
    def read(table: str) -> Iterator[JsonRow]:
        return iter(rows.get(table, ()))

    survey = survey_rows(read)
    with database.write() as transaction:
        return transaction.whole.add(read, survey)


def take(database: Database, project_id: str) -> Rows:
    with database.read() as transaction:
        return {name: list(rows) for name, rows in transaction.whole.read(project_id)}


def _as_taken(carried: CarriedTable, row: JsonRow) -> JsonRow:
    return accepted(carried, without_this_computer(carried, row))


@given(rows_of_a_novel(metadata))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_whatever_a_novel_holds_comes_back_the_same(shelf: Database, rows: Rows) -> None:
    found = take(shelf, store(shelf, rows))
    assert found == {
        name: [_as_taken(carried_tables()[name], row) for row in of_table]
        for name, of_table in rows.items()
    }
    assert take(shelf, store(shelf, found)) == found


NOVEL = {
    "id": "1",
    "title": "Tides",
    "created_at": "2026-01-02T03:04:05+00:00",
    "updated_at": "2026-01-02T03:04:05+00:00",
}


def entry(number: int, **more: object) -> JsonRow:
    named = {"id": number, "project_id": "1", "kind": "character", "name": f"N{number}"}
    times = {"created_at": NOVEL["created_at"], "updated_at": NOVEL["created_at"]}
    return {**named, **times, "aliases": [], "attributes": {}, **more}


def test_columns_that_an_older_file_does_not_have_take_their_defaults(database: Database) -> None:
    rows = take(database, store(database, {"novel_projects": [NOVEL], "codex_entries": [entry(1)]}))
    assert rows["novel_projects"][0]["status"] == "draft"
    assert rows["codex_entries"][0]["refused_aliases"] == []
    assert rows["codex_entries"][0]["merged_into"] is None


def test_what_a_migration_did_to_rows_is_done_to_those_of_older_files() -> None:
    def rename(table: str, row: JsonRow) -> JsonRow:
        return {**row, "title": f"{row['title']} ({table})"}

    def read(_table: str) -> Iterator[JsonRow]:
        return iter([NOVEL])

    steps = {"0001": rename, "0003": rename}
    (row,) = upgraded(read, "0002", steps)("novel_projects")
    assert row["title"] == "Tides (novel_projects)"


def test_a_schema_from_the_future_is_refused() -> None:
    with pytest.raises(StorageError, match="its schema is 9999") as caught:
        check_revision("9999")
    assert caught.value.kind is ErrorKind.NOVEL_FILE_TOO_NEW


def test_rows_may_refer_to_later_ones_and_in_circles(database: Database) -> None:
    rows = {"novel_projects": [NOVEL]}
    circle = [entry(9, merged_into=4), entry(4, merged_into=9)]
    found = take(database, store(database, {**rows, "codex_entries": circle}))["codex_entries"]
    assert [(one["id"], one["merged_into"], one["name"]) for one in found] == [
        (1, 2, "N9"),
        (2, 1, "N4"),
    ]


def test_what_the_journal_keeps_of_rows_that_are_gone_takes_nobodys_id(database: Database) -> None:
    """An undo brings such a row back under its id: no other row may have that by then."""
    image = {"entries": [entry(7, merged_into=None)]}
    journal = {
        "id": 1,
        "project_id": "1",
        "entry_id": 7,
        "pending_analysis_id": 3,
        "action": "entries_merged",
        "actor": "author",
        "before": image,
        "created_at": NOVEL["created_at"],
    }
    rows = {"novel_projects": [NOVEL], "codex_entries": [entry(5)], "codex_journal": [journal]}
    store(database, rows)
    project_id = store(database, rows)

    with database.read() as transaction:
        (note,) = transaction.journal.newest(project_id, 10)
        (live,) = transaction.codex.entries(project_id)
    assert note.before is not None
    (gone,) = note.before["entries"]
    assert (gone["id"], gone["project_id"]) == (note.entry_id, project_id)
    assert note.entry_id is not None
    assert note.entry_id < live.id  # so that the next row does not get it
    assert note.task_id is None
    with database.write() as transaction:
        transaction.journal.undo(note)
    names = [one["name"] for one in take(database, project_id)["codex_entries"]]
    assert sorted(names) == ["N5", "N7"]


def test_choices_about_the_context_are_about_the_same_entries(database: Database) -> None:
    chapter = {key: value for key, value in NOVEL.items() if key != "title"}
    at = {"updated_at": NOVEL["created_at"], "chapter_id": 7, "choice": "pinned"}
    rows: Rows = {
        "novel_projects": [NOVEL],
        "chapters": [{**chapter, "id": 7, "project_id": "1", "chapter_number": 1}],
        "codex_entries": [entry(8), entry(3)],
        "context_choices": [
            {**at, "kind": "codex", "key": "3"},
            {**at, "kind": "codex", "key": "8"},
            {**at, "kind": "plan", "key": "3"},
            {**at, "kind": "codex", "key": "cast:3"},
            {**at, "kind": "passage", "key": "7:400"},
        ],
    }
    store(database, rows)
    found = take(database, store(database, rows))["context_choices"]
    assert sorted((one["kind"], one["key"]) for one in found) == [
        ("codex", "1"),
        ("codex", "2"),
        ("codex", "cast:3"),
        ("passage", "1:400"),
        ("plan", "3"),
    ]


def test_a_run_of_the_auto_writer_does_not_begin_by_itself(database: Database) -> None:
    run = {"id": 1, "project_id": "1", "first_chapter": 1, "last_chapter": 9, "next_chapter": 4}
    times = {"created_at": NOVEL["created_at"], "updated_at": NOVEL["created_at"]}
    runs = [{**run, **times, "options": {}, "status": "running"}]
    rows = take(database, store(database, {"novel_projects": [NOVEL], "auto_runs": runs}))
    assert rows["auto_runs"][0]["status"] == "paused"


BAD_ROWS = {
    "no novel": {"novel_projects": []},
    "two novels": {"novel_projects": [NOVEL, {**NOVEL, "id": "2"}]},
    "the same id twice": {"codex_entries": [entry(1), entry(1)]},
    "a reference to nothing": {"codex_entries": [entry(1, merged_into=2)]},
    "another novel": {"codex_entries": [entry(1, project_id="2")]},
    "a number for a text": {"codex_entries": [entry(1, name=5)]},
    "a text for a number": {"codex_entries": [entry(1, due_chapter="5")]},
    "truth for a number": {"codex_entries": [entry(1, due_chapter=True)]},
    "a fraction for a number": {"codex_entries": [entry(1, due_chapter=1.5)]},
    "a number too large": {"codex_entries": [entry(1, due_chapter=2**31)]},
    "a huge number": {"codex_entries": [entry(1, due_chapter=2**70)]},
    "an id that is a list": {"codex_entries": [entry(1, merged_into=[1])]},
    "nothing where something must be": {"codex_entries": [entry(1, name=None)]},
    "nothing for a list": {"codex_entries": [entry(1, aliases=None)]},
    "a text for a list": {"codex_entries": [entry(1, aliases="Ann")]},
    "numbers for names": {"codex_entries": [entry(1, aliases=[1])]},
    "no time": {"codex_entries": [entry(1, created_at="yesterday")]},
    "a time too early": {"codex_entries": [entry(1, created_at="0001-01-01T00:00:00+14:00")]},
    "a column that does not exist": {"codex_entries": [entry(1, colour="red")]},
    "a column with SQL in its name": {"codex_entries": [entry(1, **{"x); DROP TABLE y": 1})]},
}


@pytest.mark.parametrize("rows", BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_rows_that_no_novel_has_are_refused_and_nothing_is_left(
    database: Database, rows: Rows
) -> None:
    with pytest.raises(StorageError) as caught:
        store(database, {"novel_projects": [NOVEL], **rows})
    assert caught.value.kind is ErrorKind.NOVEL_FILE_DAMAGED
    with database.read() as transaction:
        assert transaction.projects.all() == []


def test_rows_that_contradict_each_other_are_refused_and_nothing_is_left(
    database: Database,
) -> None:
    chapter = {key: value for key, value in NOVEL.items() if key != "title"}
    twice = [{**chapter, "id": one, "project_id": "1", "chapter_number": 1} for one in (1, 2)]
    with pytest.raises(StorageError, match="contradict each other") as caught:
        store(database, {"novel_projects": [NOVEL], "chapters": twice})
    assert caught.value.kind is ErrorKind.NOVEL_FILE_DAMAGED
    with database.read() as transaction:
        assert transaction.projects.all() == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_text_is_text_whatever_it_looks_like(shelf: Database, title: str) -> None:
    title += "'; DROP TABLE chapters; --"
    project_id = store(shelf, {"novel_projects": [{**NOVEL, "title": title}]})
    assert take(shelf, project_id)["novel_projects"][0]["title"] == title
