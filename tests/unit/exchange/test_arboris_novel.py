"""Databases of Arboris-Novel: whole novels come in, users stay out, nothing is lost."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.foreshadowing import SeedState
from arboris_desktop.domain.novel import ChapterStatus, Language
from arboris_desktop.exchange.arboris_novel.importing import import_database, look_into_database
from arboris_desktop.exchange.arboris_novel.values import prose_of
from arboris_desktop.exchange.arriving import Arriving
from arboris_desktop.storage.database import Database

SCHEMA = """
CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, hashed_password TEXT);
CREATE TABLE llm_configs (user_id INTEGER PRIMARY KEY, llm_provider_api_key TEXT);
CREATE TABLE novel_projects (id VARCHAR(36) PRIMARY KEY,
 user_id INTEGER NOT NULL REFERENCES users(id), title VARCHAR(255) NOT NULL,
 initial_prompt TEXT, status VARCHAR(32), created_at DATETIME, updated_at DATETIME);
CREATE TABLE novel_conversations (id INTEGER PRIMARY KEY, project_id VARCHAR(36), seq INTEGER,
 role VARCHAR(32), content TEXT, metadata JSON, created_at DATETIME);
CREATE TABLE novel_blueprints (project_id VARCHAR(36) PRIMARY KEY, title VARCHAR(255),
 target_audience VARCHAR(255), genre VARCHAR(128), style VARCHAR(128), tone VARCHAR(128),
 one_sentence_summary TEXT, full_synopsis TEXT, world_setting JSON, created_at DATETIME,
 updated_at DATETIME);
CREATE TABLE blueprint_characters (id INTEGER PRIMARY KEY, project_id VARCHAR(36),
 name VARCHAR(255), identity VARCHAR(255), personality TEXT, goals TEXT, abilities TEXT,
 relationship_to_protagonist TEXT, extra JSON, position INTEGER);
CREATE TABLE blueprint_relationships (id INTEGER PRIMARY KEY, project_id VARCHAR(36),
 character_from VARCHAR(255), character_to VARCHAR(255), description TEXT, position INTEGER);
CREATE TABLE chapter_outlines (id INTEGER PRIMARY KEY, project_id VARCHAR(36),
 chapter_number INTEGER, title VARCHAR(255), summary TEXT, narrative_phase VARCHAR(64),
 foreshadowing JSON, emotion_hook TEXT);
CREATE TABLE chapters (id INTEGER PRIMARY KEY, project_id VARCHAR(36), chapter_number INTEGER,
 real_summary TEXT, status VARCHAR(32), word_count INTEGER, selected_version_id INTEGER,
 created_at DATETIME, updated_at DATETIME);
CREATE TABLE chapter_versions (id INTEGER PRIMARY KEY, chapter_id INTEGER,
 version_label VARCHAR(64), provider VARCHAR(64), content TEXT NOT NULL,
 metadata JSON, created_at DATETIME);
CREATE TABLE chapter_evaluations (id INTEGER PRIMARY KEY, chapter_id INTEGER, version_id INTEGER,
 decision VARCHAR(32), feedback TEXT, score FLOAT, created_at DATETIME);
CREATE TABLE pending_analysis (id INTEGER PRIMARY KEY, chapter_id INTEGER, project_id VARCHAR(36),
 user_id INTEGER, status VARCHAR(20), priority INTEGER, retry_count INTEGER, max_retries INTEGER,
 generation_config JSON, result JSON, error_message TEXT, created_at DATETIME, started_at DATETIME,
 completed_at DATETIME, duration_seconds INTEGER);
CREATE TABLE foreshadowings (id INTEGER PRIMARY KEY, project_id VARCHAR(36), chapter_id INTEGER,
 chapter_number INTEGER, content TEXT, type VARCHAR(32), status VARCHAR(32));
"""
NOW = "2025-03-04 05:06:07.123456"
TEXT = "傍晚的风把晒在竹竿上的衣裳吹得猎猎作响。\n\n“今天怎么这样早？”她问。"


def insert(connection: sqlite3.Connection, table: str, **values: object) -> None:
    marks = ", ".join("?" * len(values))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})",
        tuple(values.values()),
    )


def write(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA)
        insert(db, "users", id=7, username="root", hashed_password="geheim")
        insert(db, "llm_configs", user_id=7, llm_provider_api_key="sk-geheim")
        for project, title in (("a", "雨巷"), ("b", "长街")):
            times = {"created_at": NOW, "updated_at": NOW}
            insert(
                db,
                "novel_projects",
                id=project,
                user_id=7,
                title=title,
                initial_prompt="雨夜",
                status="writing",
                **times,
            )
            insert(
                db,
                "novel_blueprints",
                project_id=project,
                title=title,
                genre="悬疑",
                full_synopsis="一条雨巷里的旧事。",
                world_setting='{"core_rules": "不许飞"}',
                **times,
            )
        insert(
            db,
            "novel_conversations",
            id=1,
            project_id="a",
            seq=1,
            role="user",
            content='{"id": "x", "value": "写雨"}',
            created_at=NOW,
        )
        insert(
            db,
            "novel_conversations",
            id=2,
            project_id="a",
            seq=2,
            role="assistant",
            content=json.dumps({"ai_message": "谁的雨？", "ui_control": {}}),
            created_at=NOW,
        )
        insert(
            db,
            "blueprint_characters",
            id=1,
            project_id="a",
            name="阿雨",
            identity="更夫",
            extra='{"age": 30}',
            position=0,
        )
        insert(
            db,
            "blueprint_relationships",
            id=1,
            project_id="a",
            character_from="阿雨",
            character_to="老周",
            description="师徒",
            position=0,
        )
        for number in (1, 2, 3):
            insert(
                db,
                "chapter_outlines",
                id=number,
                project_id="a",
                chapter_number=number,
                title=f"雨{number}",
                summary="下雨。",
                narrative_phase="起" if number == 1 else None,
            )
        insert(
            db,
            "chapters",
            id=11,
            project_id="a",
            chapter_number=1,
            real_summary="下过雨。",
            status="successful",
            word_count=1,
            selected_version_id=102,
            **times,
        )
        insert(
            db,
            "chapters",
            id=12,
            project_id="a",
            chapter_number=2,
            status="waiting_for_confirm",
            word_count=0,
            **times,
        )
        insert(
            db,
            "chapter_versions",
            id=101,
            chapter_id=11,
            version_label="v1",
            content="旧。",
            provider="gpt",
            created_at=NOW,
        )
        insert(
            db,
            "chapter_versions",
            id=102,
            chapter_id=11,
            version_label="v2",
            content=json.dumps({"content": TEXT}),
            metadata='{"a": 1}',
            created_at=NOW,
        )
        insert(
            db,
            "chapter_versions",
            id=103,
            chapter_id=12,
            version_label="v1",
            content="甲。",
            created_at=NOW,
        )
        insert(
            db,
            "chapter_versions",
            id=104,
            chapter_id=12,
            version_label="v2",
            content="乙。",
            created_at=NOW,
        )
        insert(
            db,
            "chapter_evaluations",
            id=1,
            chapter_id=11,
            version_id=102,
            decision="best",
            feedback="好",
            score=88.5,
            created_at=NOW,
        )
        insert(
            db,
            "pending_analysis",
            id=1,
            chapter_id=11,
            project_id="a",
            user_id=7,
            status="processing",
            priority=5,
            created_at=NOW,
        )
        insert(
            db,
            "pending_analysis",
            id=2,
            chapter_id=11,
            project_id="a",
            user_id=7,
            status="completed",
            priority=5,
            result="{}",
            created_at=NOW,
        )
        insert(
            db,
            "foreshadowings",
            id=1,
            project_id="a",
            chapter_id=11,
            chapter_number=1,
            content="一把旧伞",
            type="clue",
            status="open",
        )
        db.commit()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "arboris.db"
    write(made)
    return made


def test_what_is_in_the_file_is_told_first(path: Path) -> None:
    found = look_into_database(path)
    assert found.titles == ("雨巷", "长街")
    assert (found.chapters, found.language) == (3, Language.CHINESE)
    assert dict(found.notes) == {
        "not_chosen": 1,
        "aside:pending_analysis": 1,
        "aside:chapter_outlines.narrative_phase": 1,
    }


def test_whole_novels_come_in(path: Path, database: Database) -> None:
    before = path.read_bytes()
    brought = import_database(database, path)
    assert path.read_bytes() == before
    first, second = brought.project_ids
    with database.read() as transaction:
        project = transaction.projects.get(first)
        chapters = transaction.chapters.of_project(first)
        versions = [transaction.chapters.versions(chapter.id) for chapter in chapters]
        texts = [transaction.chapters.selected_version(chapter.id) for chapter in chapters]
        blueprint = transaction.blueprints.get(first)
        turns = transaction.concepts.turns(first)
        assert transaction.projects.get(second).title == "长街"
    assert (project.title, project.premise, project.language) == ("雨巷", "雨夜", Language.CHINESE)
    assert project.created_at.isoformat() == "2025-03-04T05:06:07.123456+00:00"
    assert [(c.number, c.title, c.outline) for c in chapters] == [
        (number, f"雨{number}", "下雨。") for number in (1, 2, 3)
    ]
    assert [c.status for c in chapters] == [ChapterStatus.WRITTEN] * 2 + [ChapterStatus.PLANNED]
    assert [text.content if text else None for text in texts] == [TEXT, "乙。", None]
    assert [[v.content for v in some] for some in versions] == [
        ["旧。", TEXT],
        ["甲。", "乙。"],
        [],
    ]
    assert (chapters[0].word_count, chapters[0].summary) == (33, "下过雨。")
    assert blueprint.genre == "悬疑"
    assert [turn.text for turn in turns] == ["写雨", "谁的雨？"]


@pytest.mark.parametrize("cut", ["\\ud83d", "\\u0000"])
def test_text_that_no_database_takes_is_made_sound(cut: str) -> None:
    """An answer that was cut may leave half of a sign in the JSON of a text."""
    assert prose_of(f'{{"content": "雨{cut}"}}').encode().decode().startswith("雨")
    assert "\0" not in prose_of(f'{{"content": "雨{cut}"}}')


def test_foreshadowing_is_in_the_codex(path: Path, database: Database) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE foreshadowings ADD COLUMN resolved_chapter_number INTEGER")
        insert(
            db, "foreshadowings", id=2, project_id="a", chapter_number=1, content="半块玉" * 20,
            status="resolved", resolved_chapter_number=2,
        )  # fmt: skip
        insert(db, "foreshadowings", id=3, project_id="a", content="", status="open")
        insert(db, "foreshadowings", id=4, project_id="a", content="旧信", status="abandoned")
        db.commit()
    first, _second = import_database(database, path).project_ids
    seeds = {seed.entry.name[:3]: seed for seed in Codex(database).ledger(first)}
    assert list(seeds) == ["一把旧", "半块玉", "旧信"]
    assert seeds["一把旧"].state is not SeedState.PAID_OFF
    assert seeds["一把旧"].entry.description == "一把旧伞\n埋于第1章。"
    assert (seeds["半块玉"].state, seeds["半块玉"].paid_off_in) == (SeedState.PAID_OFF, 2)
    assert seeds["旧信"].entry.description == "旧信\n已放弃。"


@pytest.mark.parametrize("way", ["cannot be opened", "is no such file"])
def test_changes_beside_the_file_that_cannot_be_read_are_told(
    path: Path, database: Database, way: str
) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE novel_projects SET title = '雨巷二' WHERE id = 'a'")
        db.commit()
        beside = path.with_name(f"{path.name}-wal")
        changes = beside.read_bytes()
    if way == "cannot be opened":
        beside.mkdir()
    else:
        beside.write_bytes(b"x" * len(changes))
    assert dict(look_into_database(path).notes)["behind"] == 1
    assert dict(import_database(database, path).notes)["behind"] == 1


def test_analyses_that_wait_rest(path: Path, database: Database) -> None:
    first, second = import_database(database, path).project_ids
    assert Arriving(database).of(first).resting == 1
    assert Arriving(database).of(second).resting == 0


def test_nothing_of_users_comes_in_and_the_rest_is_kept(path: Path, database: Database) -> None:
    import_database(database, path)
    with closing(sqlite3.connect(database.paths.database)) as stored:
        everything = "\n".join(stored.iterdump())
        (aside,) = stored.execute(
            "SELECT metadata FROM novel_projects WHERE title = '雨巷'"
        ).fetchone()
    assert "geheim" not in everything
    kept = json.loads(aside)["arboris_novel"]
    assert kept["chapter_outlines"][0]["narrative_phase"] == "起"
    assert "user_id" not in json.dumps(kept)


def test_odd_numbers_become_a_sequence(path: Path, database: Database) -> None:
    with closing(sqlite3.connect(path)) as db:
        insert(db, "chapters", id=21, project_id="b", chapter_number=0, status="not_generated")
        insert(
            db,
            "chapters",
            id=22,
            project_id="b",
            chapter_number=4,
            status="successful",
            selected_version_id=999,
        )
        insert(db, "chapters", id=23, project_id="b", chapter_number=4, status="successful")
        insert(db, "chapter_versions", id=201, chapter_id=22, content="一。", created_at="gestern")
        insert(db, "chapter_versions", id=202, chapter_id=23, content="二。")
        db.commit()
    brought = import_database(database, path)
    assert dict(brought.notes)["renumbered"] == 1
    with database.read() as transaction:
        chapters = transaction.chapters.of_project(brought.project_ids[1])
        texts = [transaction.chapters.selected_version(chapter.id) for chapter in chapters]
    assert [c.number for c in chapters] == [1, 2, 3]
    assert [text.content if text else None for text in texts] == [None, "一。", "二。"]


@pytest.mark.parametrize("kind", ["cut", "not ours", "empty", "no novels", "our own"])
def test_other_databases_are_refused_and_nothing_comes_in(
    path: Path, database: Database, tmp_path: Path, kind: str
) -> None:
    if kind == "cut":
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
    elif kind == "our own":
        path = tmp_path / "own.db"
        with (
            closing(sqlite3.connect(database.paths.database)) as own,
            closing(sqlite3.connect(path)) as copy,
        ):
            own.backup(copy)
    else:
        path.unlink()
        with closing(sqlite3.connect(path)) as db:
            db.executescript(SCHEMA if kind == "no novels" else "CREATE TABLE x (y)")
            if kind == "empty":
                db.execute("DROP TABLE x")
    with pytest.raises(ArborisError) as caught:
        import_database(database, path)
    assert caught.value.kind is ErrorKind.FILE_UNREADABLE
    with database.read() as transaction:
        assert transaction.projects.all() == []


def test_stopping_leaves_nothing(path: Path, database: Database) -> None:
    def stop(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_database(database, path, stop)
    with database.read() as transaction:
        assert transaction.projects.all() == []
        assert transaction.projects.unlisted() == []
