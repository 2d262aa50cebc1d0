"""A novel that somebody has worked on for a while: a bit of all that a novel can have."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.codex import EntryKind, SeedEffect
from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.revision import Passage
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.tasks.history import StepCheckpoint
from arboris_desktop.tasks.batches import BatchChoice, Batches
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.comments import Comments
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels
from tests.support.analysis_book import Book, Finding

HOST = "llm.internal.example:8443"
TITLE = "《归潮》 The Tide's Return; DROP TABLE chapters"
ONE = "Ida was dead before noon. The master, an old man, hid a letter in the bell."
TWO = "“I never left,” said Ida. 归潮之夜，钟声不响。"

_MORE = """
INSERT INTO novel_conversations (project_id, seq, role, content, metadata, created_at)
    VALUES (:p, 1, 'user', '一个关于潮汐的故事', '{"mood": ["quiet"]}', '2026-01-01 00:00:00');
UPDATE novel_blueprints SET world_setting = '{"tides": [1, 2.5, null]}' WHERE project_id = :p;
INSERT INTO blueprint_characters (project_id, name, extra) VALUES (:p, 'Ida', '{"age": 34}');
INSERT INTO blueprint_relationships (project_id, character_from, character_to)
    VALUES (:p, 'Ida', 'Wren');
INSERT INTO chapter_evaluations (chapter_id, version_id, decision, score, created_at)
    SELECT chapter_id, id, 'keep', 0.75, '2026-01-01 00:00:00' FROM chapter_versions LIMIT 1;
INSERT INTO chapter_notes (chapter_id, status, scratchpad, updated_at)
    SELECT chapter_id, 'revise', '潮声', '2026-01-01 00:00:00' FROM chapter_versions LIMIT 1;
INSERT INTO novel_spelling (project_id, dictionary) VALUES (:p, 'en_GB');
INSERT INTO novel_words (project_id, word) VALUES (:p, 'Quayside'), (:p, 'Wrenling');
"""


def live_in(database: Database, instance: Instance) -> str:
    """Writes the novel and returns its id; three other chapters and a novel stand beside it."""
    Novels(database).create(NewNovel("Another", volumes=(_volume(),)))
    project_id = Novels(database).create(
        NewNovel(TITLE, "A premise.", "plain", Language.CHINESE, (_volume(), _volume()))
    )
    book = Book(database, instance, project_id)
    _fill_codex(book)
    _edit(book)
    _queue(book)
    with closing(sqlite3.connect(database.paths.database)) as connection:
        for statement in _MORE.strip().split(";\n"):
            connection.execute(statement, {"p": project_id} if ":p" in statement else {})
        connection.commit()
    return project_id


def _volume() -> OutlineVolume:
    return OutlineVolume("Book", tuple(OutlineChapter(f"Chapter {n}", "A plan.") for n in (1, 2)))


def _fill_codex(book: Book) -> None:
    """Facts, an alert, names merged, a fact gone, and changes undone."""
    dies = Finding("Ida", "Ida was dead before noon.", "She dies.", "life", "dead")
    seed = Finding("A letter", "hid a letter in the bell", kind=EntryKind.FORESHADOWING)
    old = Finding("The master", "an old man", is_introduction=True, aliases=("Old Man",))
    book.chapter(1, ONE, dies, seed, old, Finding("Nobody", "an old man", "is mentioned"))
    book.chapter(2, TWO, Finding("Ida", "said Ida", "She speaks.", other="The master"))
    book.again(1, dies, seed, old)
    codex = Codex(book.database)
    added = codex.add_entry(book.project_id, EntryKind.CHARACTER, "Ida Wren", "Maybe the same.")
    codex.merge_entries(book.entry("Ida").id, added)
    codex.set_due_chapter(book.entry("A letter").id, 4)
    passing = codex.add_entry(book.project_id, EntryKind.ITEM, "A bell")
    newest = codex.journal(book.project_id, 1)[0]
    assert newest.entry_id == passing
    codex.undo(newest.id)


def _edit(book: Book) -> None:
    """Several versions, and a draft that is being written."""
    editing = Editing(book.database)
    first = editing.open(book.chapter_id(1)).version
    editing.save(book.chapter_id(1), ONE + " She\tcame back. 😀", first)
    comments = Comments(book.database)
    comments.add(Passage(book.chapter_id(1), ONE.index("bell"), "bell"), "Which bell?\n钟？")
    comments.resolve(comments.add(Passage(book.chapter_id(2), 0, TWO), "Done.").id)
    with book.database.write() as transaction:
        transaction.drafts.save(book.chapter_id(4), "Half a sent", f"{HOST}/m", book.instance.owner)


def _queue(book: Book) -> None:
    """A failed task, one that runs with a step behind it, and one of a paused batch."""
    database, queue = book.database, AnalysisQueue(book.database, book.instance)
    store_chapter(database, book.chapter_id(3), ONE, provider=f"{HOST}/gpt", metadata={"a": [1]})
    task = queue.claim_next()
    assert task is not None
    seed = book.entry("A letter").id
    development = {"seed": seed, "quotation": "q", "effect": SeedEffect.ADVANCED.value}
    with database.write() as transaction:
        result = {"answers": [{"seeds": [], "developments": [development, {"seed": 999}]}]}
        transaction.history.save_step(
            task.id,
            StepCheckpoint(AnalysisStep.FORESHADOWING, result, Spent(TokenUsage(1, 2)), 0.5, HOST),
        )
    queue.add_chapter(book.chapter_id(2))
    failing = queue.claim_next()
    assert failing is not None
    message = f"no connection to https://{HOST}/v1"
    with database.write() as transaction:
        transaction.history.add_failure(
            failing, step=None, error_type="connection", message=message, provider=HOST
        )
        transaction.attempts.postpone(
            failing, error_type="connection", message=message, wait=timedelta(hours=1)
        )
    batches = Batches(database)
    batches.pause(batches.start(BatchChoice(book.project_id, {1}, again=True)))
