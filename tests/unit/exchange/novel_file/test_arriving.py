"""A novel that arrives in many short transactions: nobody sees half of it, everybody can write."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.novel_file.reading import import_novel
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.exchange.progress import StoppedError
from arboris_desktop.storage import short_writes
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.novels.unlisted import clear_unlisted
from arboris_desktop.storage.portable import arriving
from arboris_desktop.storage.portable.order import NAMED_WITHIN, insertion_order
from arboris_desktop.storage.short_writes import ShortWrites
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.novels import Novels
from tests.unit.exchange.novel_file.conftest import NovelFile, rows_in


@pytest.fixture(autouse=True)
def row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row in a transaction of its own."""
    monkeypatch.setattr(short_writes, "HOLD_SECONDS", 0.0)
    monkeypatch.setattr(short_writes, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(arriving, "AT_ONCE", 1)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A text of many chapters."""
    path = tmp_path / "book.md"
    path.write_text(
        "# The Lamp\n\n" + "".join(f"## Chapter {n}\n\nShe came home.\n\n" for n in range(1, 60))
    )
    return path


def tables(database: Database) -> dict[str, int]:
    """The number of rows in each table, whatever novel they belong to."""
    with closing(sqlite3.connect(database.paths.database)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
        ).fetchall()
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in names
        }


class Watcher:
    """Looks, whenever the import lets go of the lock, at what others see of the novel."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[int, int, int, int]] = []
        self._database = database
        breathe = ShortWrites.breathe

        def look_after(writes: ShortWrites) -> None:
            breathe(writes)
            self._look()

        monkeypatch.setattr(ShortWrites, "breathe", look_after)

    def _look(self) -> None:
        instance = Instance(self._database.paths.instances)
        queue = AnalysisQueue(self._database, instance)
        with self._database.read() as transaction:
            drafts, batches = transaction.drafts.all(), transaction.batches.list()
        listed = len(Novels(self._database).all())
        tasks = queue.counts().total + len(queue.recent()) + int(not queue.is_idle())
        self.seen.append((listed, tasks, len(drafts), len(batches)))
        with closing(sqlite3.connect(self._database.paths.database)) as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        instance.close()


def test_nobody_sees_it_before_it_is_whole(
    novel_file: NovelFile, elsewhere: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher(elsewhere, monkeypatch)

    import_novel(elsewhere, novel_file.path)

    assert len(watcher.seen) > 50
    assert set(watcher.seen) == {(0, 0, 0, 0)}
    (project,) = Novels(elsewhere).all()
    assert project.title == Novels(novel_file.database).open(novel_file.project_id).project.title


def test_piece_by_piece_it_is_the_same(novel_file: NovelFile, elsewhere: Database) -> None:
    import_novel(elsewhere, novel_file.path)  # a second one stands before it
    project_id = import_novel(elsewhere, novel_file.path)
    again = novel_file.path.with_name("again.arboris")
    export_novel(elsewhere, project_id, again)
    assert rows_in(again) == rows_in(novel_file.path)


@pytest.mark.parametrize("kind", ["text", "novel file"])
def test_what_others_store_meanwhile_stays_theirs(
    novel_file: NovelFile,
    elsewhere: Database,
    book: Path,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs: list[str] = []
    breathe = ShortWrites.breathe

    def write_too(writes: ShortWrites) -> None:
        breathe(writes)
        if len(theirs) < 30:
            # Of another process: this one's lock for writing is held by the import.
            theirs.append(f"Novel {len(theirs)}")
            writes.transaction.projects.add(NewNovel(theirs[-1]))

    monkeypatch.setattr(ShortWrites, "breathe", write_too)
    import_book(elsewhere, book if kind == "text" else novel_file.path)

    titles = [novel.title for novel in Novels(elsewhere).all()]
    assert set(theirs) < set(titles)
    assert len(titles) == len(theirs) + 1


def test_another_connection_writes_while_it_goes_on(
    elsewhere: Database, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_writes, "PAUSE_SECONDS", 0.12)
    found: list[int] = []

    def write() -> None:
        with closing(sqlite3.connect(elsewhere.paths.database, timeout=60)) as other, other:
            other.execute("BEGIN IMMEDIATE")
            query = "SELECT count(*) FROM novel_projects WHERE status = 'arriving'"
            found.extend(other.execute(query).fetchone())

    writer = threading.Thread(target=write)

    def begin_writing(share: float) -> None:
        if share > 0.2 and not writer.ident:
            writer.start()

    import_book(elsewhere, book, begin_writing)
    writer.join()
    assert found == [1]


@pytest.mark.parametrize("kind", ["text", "novel file"])
def test_stopped_amid_it_leaves_nothing(
    novel_file: NovelFile, elsewhere: Database, book: Path, kind: str
) -> None:
    before = tables(elsewhere)

    def stop(share: float) -> None:
        if share > 0.8:
            raise StoppedError

    with pytest.raises(StoppedError):
        import_book(elsewhere, book if kind == "text" else novel_file.path, stop)
    assert tables(elsewhere) == before
    assert list(elsewhere.paths.instances.iterdir()) == []


@pytest.fixture
def half(elsewhere: Database, novel_file: NovelFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves an import as a kill amid it does: nobody clears it away."""
    with monkeypatch.context() as patched:
        patched.setattr("arboris_desktop.storage.novels.unlisted._discard", lambda *_any: None)

        def stop(share: float) -> None:
            if share > 0.8:
                raise StoppedError

        with pytest.raises(StoppedError):
            import_novel(elsewhere, novel_file.path, stop)


OF_NO_NOVEL = {"alembic_version", "analysis_durations"}
"""The tables that have rows in an empty library: its schema, and buckets to count durations in."""


def test_what_a_kill_left_is_cleared_away(elsewhere: Database, half: None) -> None:
    assert tables(elsewhere)["chapters"] > 0
    assert Novels(elsewhere).all() == []
    with closing(Instance(elsewhere.paths.instances)) as instance:
        clear_unlisted(elsewhere, instance)
    assert {name for name, count in tables(elsewhere).items() if count} == OF_NO_NOVEL


def test_what_is_still_arriving_is_left_alone(elsewhere: Database, half: None) -> None:
    before = tables(elsewhere)
    with (
        closing(Instance(elsewhere.paths.instances)) as importing,
        closing(Instance(elsewhere.paths.instances)) as starting,
        elsewhere.read() as transaction,
    ):
        (project_id,) = transaction.projects.unlisted()
        with importing.claim(f"novel-{project_id}"):
            clear_unlisted(elsewhere, starting)
    assert tables(elsewhere) == before


def test_a_novel_is_removed_little_by_little(
    novel_file: NovelFile, elsewhere: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = import_novel(elsewhere, novel_file.path)
    with elsewhere._store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO model_calls (project_id, task, outcome, started_at)"
            " VALUES (?, 'drafting', 'completed', '2026-01-01 00:00:00.000000')",
            (project_id,),
        )
    watcher = Watcher(elsewhere, monkeypatch)

    Novels(elsewhere).remove(project_id)

    assert len(watcher.seen) > 2
    assert set(watcher.seen) == {(0, 0, 0, 0)}
    left = {name: count for name, count in tables(elsewhere).items() if count}
    # What was paid stays among the costs.
    assert left.keys() - OF_NO_NOVEL == {"model_calls", "call_totals"}


def test_tables_come_after_what_they_refer_to() -> None:
    stored: set[str] = set()
    for turn in insertion_order():
        references = turn.carried.references
        for name, reference in references.items():
            assert reference.table in stored or name in turn.open or name == turn.carried.key
        for name in turn.open:
            assert references[name].is_nullable
            assert turn.carried.key is not None
        assert set(NAMED_WITHIN.get(turn.carried.name, ())) <= stored
        stored.add(turn.carried.name)
