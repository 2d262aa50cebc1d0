"""Files that are damaged or forged: said in words, and nothing of them is kept."""

from __future__ import annotations

import os
import random
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.snapshots import SnapshotKind
from arboris_desktop.exchange.novel_file import limits
from arboris_desktop.exchange.novel_file.reading import import_novel
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.exchange.preview import look_into
from arboris_desktop.storage.backups.backup import check_integrity
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.snapshots import Snapshots
from tests.unit.exchange.novel_file.conftest import NovelFile, SentFile
from tests.unit.exchange.novel_file.forging import Change, Forgery, forge

REFUSALS = {
    ErrorKind.NOVEL_FILE_DAMAGED,
    ErrorKind.NOVEL_FILE_TOO_NEW,
    ErrorKind.FILE_UNREADABLE,
}


def refuse(database: Database, path: Path) -> ArborisError:
    """The error with which the file is refused; nothing may be left of it."""
    beside = sorted(path.parent.iterdir())
    with pytest.raises(ArborisError) as caught:
        import_novel(database, path)
    assert caught.value.kind in REFUSALS
    assert path.name in caught.value.message
    assert len(caught.value.message) < 400
    assert Novels(database).all() == []
    assert check_integrity(database.paths.database) == []
    assert sorted(path.parent.iterdir()) == beside
    return caught.value


def lines(*added: bytes) -> Change:
    return lambda forgery: forgery.set_lines("novel_conversations", *added)


def conversation(content: str) -> bytes:
    """A row whose content is given as JSON."""
    start = b'{"id": 1, "project_id": "1", "seq": 1, "role": "user", "content": "x", '
    return (
        start + b'"created_at": "2026-01-01T00:00:00+00:00", "metadata": ' + content.encode() + b"}"
    )


def member(name: str, data: bytes = b"{}\n") -> Change:
    def add(forgery: Forgery) -> None:
        forgery.members[name] = data

    return add


def stated(**values: object) -> Change:
    return lambda forgery: forgery.manifest.update(values)


def lying(table: str, **values: object) -> Change:
    def lie(forgery: Forgery) -> None:
        forgery.honest = False
        forgery.manifest["members"][f"rows/{table}.jsonl"].update(values)

    return lie


def change(table: str, **values: object) -> Change:
    return lambda forgery: forgery.change(table, **values)


DAMAGED = {
    "a member outside": member("../../evil.txt"),
    "an absolute member": member("/etc/cron.d/evil"),
    "a member of Windows": member("C:\\evil.txt"),
    "another table": member("rows/app_settings.jsonl", b'{"name": "provider", "value": 1}\n'),
    "a table of SQLite": member("rows/sqlite_master.jsonl"),
    "a member that is not named": lambda f: f.extra.append(("rows/more.jsonl", b"{}")),
    "a member twice": lambda f: f.extra.append(("rows/chapters.jsonl", b"{}\n")),
    "a manifest twice": lambda f: f.extra.append(("manifest.json", b"{}")),
    "another packing": lambda f: setattr(f, "compression", zipfile.ZIP_LZMA),
    "no members": lambda f: f.members.clear(),
    "a table less": lambda f: f.members.pop("rows/chapters.jsonl"),
    "another format": stated(format="epub"),
    "no format": stated(format=None),
    "a format as text": stated(format_version="1"),
    "a format before the first": stated(format_version=0),
    "a format that is true": stated(format_version=True),
    "a schema that is none": stated(schema_revision="one"),
    "a schema with SQL": stated(schema_revision="0001; DROP TABLE chapters"),
    "a title that is none": stated(title=["x"]),
    "a language that is none": stated(language="tlh"),
    "fewer than no chapters": stated(counts={"chapters": -1, "written": 0, "words": 0}),
    "no counts": stated(counts=None),
    "a wrong hash": lying("chapters", sha256="0" * 64),
    "a hash that is none": lying("chapters", sha256="x"),
    "a wrong count": lying("chapters", rows=1),
    "a size too small": lying("chapters", size=10),
    "a size too large": lying("chapters", size=10**6),
    "a size beyond all": lying("chapters", size=10**18),
    "rows beyond all": lying("chapters", rows=10**9),
    "no JSON": lines(b"hello"),
    "an empty line": lines(b""),
    "a list": lines(b"[1]"),
    "half an object": lines(b'{"id": 1'),
    "no UTF-8": lines(b'{"id": "\xff\xfe"}'),
    "NaN": lines(conversation("NaN")),
    "infinity": lines(conversation("-Infinity")),
    "a number beyond floats": lines(conversation("1e999")),
    "a huge number": lines(conversation("9" * 5000)),
    "a number beyond 64 bits": lines(conversation("9" * 20)),
    "deep nesting": lines(conversation("[" * 100_000 + "]" * 100_000)),
    "nesting a bit too deep": lines(conversation("[" * 60 + "]" * 60)),
    "too many parts": lines(conversation("[" + "[]," * 1_000_000 + "[]]")),
    "NUL": lines(conversation('{"a": "\\u0000"}')),
    "NUL in a name": lines(conversation('{"\\u0000": 1}')),
    "half a surrogate pair": lines(conversation('{"a": "\\ud83d"}')),
    "an unfinished last line": lambda f: f.members.update(
        {"rows/volumes.jsonl": f.members["rows/volumes.jsonl"][:-1]}
    ),
    "an unknown language": change("novel_projects", language="tlh"),
    "an unknown status": change("chapters", status="burnt"),
    "an unknown origin": change("chapter_versions", origin="'; DELETE FROM chapters; --"),
    "an unknown state of a task": change("pending_analysis", status="asleep"),
    "an unknown step": change("analysis_steps", step="dreaming"),
    "an unknown kind of entry": change("codex_entries", kind="monster"),
    "an unknown action": change("codex_journal", action="burn"),
    "no journal image": change("codex_journal", after={"entries": [{"name": "x"}]}),
    "images of another table": change("codex_journal", after={"app_settings": []}),
    "images of other types": change("codex_journal", after={"entries": [{"id": "x"}]}),
    "an estimate of nothing": change("analysis_batches", estimate={"pages": 3}),
    "usage that is no number": change("pending_analysis", token_usage={"prompt_tokens": "x"}),
    "a dangling version": change("chapters", selected_version_id=999),
    "a dangling chapter": change("codex_facts", chapter_id=999),
    "a chapter of another novel": change("chapters", project_id="7"),
    "the same number twice": change("chapters", chapter_number=2),
}


def test_a_snapshot_of_an_unknown_kind_is_refused(
    novel_file: NovelFile, elsewhere: Database, tmp_path: Path
) -> None:
    """It would be read at each save of its chapter, which then failed."""
    with novel_file.database.read() as transaction:
        written = transaction.whole.chapters_with(novel_file.project_id, "chapter_versions")
    Snapshots(novel_file.database).take(next(iter(written)), SnapshotKind.NAMED, "Mine")
    whole, forged = tmp_path / "whole.arboris", tmp_path / "forged.arboris"
    export_novel(novel_file.database, novel_file.project_id, whole)
    forge(whole, forged, change("chapter_snapshots", kind="dream"))
    assert refuse(elsewhere, forged).kind is ErrorKind.NOVEL_FILE_DAMAGED


@pytest.mark.parametrize("changed", DAMAGED.values(), ids=DAMAGED.keys())
def test_what_no_export_writes_is_refused(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path, changed: Change
) -> None:
    forged = tmp_path / "forged.arboris"
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name")
        forge(sent_file.path, forged, changed)
    assert refuse(elsewhere, forged).kind is ErrorKind.NOVEL_FILE_DAMAGED


def test_an_unchanged_copy_is_not_refused(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path
) -> None:
    forge(sent_file.path, tmp_path / "copy.arboris", lambda _forgery: None)
    import_novel(elsewhere, tmp_path / "copy.arboris")


def test_a_format_of_a_newer_version_says_so(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path
) -> None:
    """Whatever else has changed in the manifest by then."""
    forged = tmp_path / "newer.arboris"
    forge(sent_file.path, forged, stated(format_version=2, title=None, counts=None))
    error = refuse(elsewhere, forged)
    assert error.kind is ErrorKind.NOVEL_FILE_TOO_NEW
    assert "its format is 2, this version knows 1" in error.message


def test_a_schema_of_a_newer_version_says_so(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path
) -> None:
    forge(sent_file.path, tmp_path / "newer.arboris", stated(schema_revision="9999"))
    assert refuse(elsewhere, tmp_path / "newer.arboris").kind is ErrorKind.NOVEL_FILE_TOO_NEW


def test_a_file_of_an_older_schema_is_brought_up_to_date(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path
) -> None:
    def age(forgery: Forgery) -> None:
        forgery.manifest["schema_revision"] = "0001"
        del forgery.members["rows/codex_alerts.jsonl"]
        rows = forgery.rows("codex_facts")
        for row in rows:
            del row["aliases"], row["is_stale"], row["other_entry_id"]
        forgery.set_rows("codex_facts", rows)

    forge(sent_file.path, tmp_path / "old.arboris", age)
    project_id = import_novel(elsewhere, tmp_path / "old.arboris")
    with elsewhere.read() as transaction:
        facts = [f for e in transaction.codex.entries(project_id) for f in e.facts]
        assert transaction.alerts.of_project(project_id, open_only=False) == []
    assert facts
    assert {(fact.aliases, fact.is_stale, fact.other_entry_id) for fact in facts} == {
        ((), False, None)
    }


def test_a_bomb_is_not_unpacked(sent_file: SentFile, elsewhere: Database, tmp_path: Path) -> None:
    size = limits.RATIO_FROM_BYTES + 1
    bomb = conversation('"' + " " * size + '"')
    forge(sent_file.path, tmp_path / "bomb.arboris", lines(bomb))
    assert (tmp_path / "bomb.arboris").stat().st_size < size / limits.RATIO
    assert "compressed too much" in refuse(elsewhere, tmp_path / "bomb.arboris").message


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FILE_BYTES", 1000, "too large"),
        ("TOTAL_BYTES", 1000, "too large"),
        ("MANIFEST_BYTES", 100, "the manifest is too large"),
        ("MEMBERS", 5, "too many members"),
        ("ROWS", 5, "too many rows"),
        ("LINE_BYTES", 20, "a row is too large"),
        ("PARTS", 5, "too many parts"),
    ],
)
def test_every_bound_holds(
    sent_file: SentFile,
    elsewhere: Database,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: int,
    words: str,
) -> None:
    monkeypatch.setattr(limits, name, value)
    assert words in refuse(elsewhere, sent_file.path).message


def test_a_header_that_lies_about_the_size_is_no_way_around(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path
) -> None:
    """The directory says 1 byte, the stream has more."""
    data = bytearray(sent_file.path.read_bytes())
    with zipfile.ZipFile(sent_file.path) as zipped:
        size = zipped.getinfo("rows/chapters.jsonl").file_size.to_bytes(4, "little")
    place = data.rindex(size, 0, data.rindex(b"rows/chapters.jsonl"))
    data[place : place + 4] = (1).to_bytes(4, "little")
    lying_file = tmp_path / "lying.arboris"
    lying_file.write_bytes(data)
    assert refuse(elsewhere, lying_file).kind is ErrorKind.NOVEL_FILE_DAMAGED


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"not a zip" * 100])
def test_what_is_no_zip_is_refused(elsewhere: Database, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.arboris").write_bytes(data)
    assert refuse(elsewhere, tmp_path / "x.arboris").kind is ErrorKind.NOVEL_FILE_DAMAGED
    with pytest.raises(ArborisError):
        look_into(tmp_path / "x.arboris")


def test_an_encrypted_zip_is_refused(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path
) -> None:
    data = bytearray(sent_file.path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    (tmp_path / "locked.arboris").write_bytes(data)
    assert refuse(elsewhere, tmp_path / "locked.arboris").kind is ErrorKind.NOVEL_FILE_DAMAGED


def test_what_is_no_file_is_refused(elsewhere: Database, tmp_path: Path) -> None:
    (tmp_path / "folder.arboris").mkdir()
    names = ["folder.arboris", "absent.arboris"]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.arboris")  # opening it would wait for ever
        names.append("pipe.arboris")
    for name in names:
        assert refuse(elsewhere, tmp_path / name).kind is ErrorKind.FILE_UNREADABLE


def test_a_file_that_ends_too_early_is_refused_wherever_it_ends(
    sent_file: SentFile, elsewhere: Database, tmp_path: Path
) -> None:
    data = sent_file.path.read_bytes()
    cut = tmp_path / "cut.arboris"
    for length in range(0, len(data), max(len(data) // 40, 1)):
        cut.write_bytes(data[:length])
        refuse(elsewhere, cut)


@given(st.randoms(use_true_random=False), st.integers(1, 20))
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_flipped_bytes_never_crash_and_never_bring_half_a_novel(
    sent_file: SentFile, elsewhere: Database, chance: random.Random, flips: int
) -> None:
    data = bytearray(sent_file.path.read_bytes())
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    damaged = sent_file.path.with_name("flipped.arboris")
    damaged.write_bytes(data)
    _import_whole_or_refuse(elsewhere, damaged)


def filled(forgery: Forgery) -> list[str]:
    """The tables that have rows."""
    return sorted(Path(name).stem for name, data in forgery.members.items() if data)


@given(st.randoms(use_true_random=False), st.integers(1, 5))
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_changed_rows_never_crash_and_never_bring_half_a_novel(
    sent_file: SentFile, elsewhere: Database, chance: random.Random, changes: int
) -> None:
    """Past the hashes: whoever forges a file can make those right."""

    def scramble(forgery: Forgery) -> None:
        for _ in range(changes):
            table = chance.choice(filled(forgery))
            rows = forgery.rows(table)
            row = chance.choice(rows)
            row[chance.choice(sorted(row))] = chance.choice(_VALUES)
            forgery.set_rows(table, rows)

    forged = sent_file.path.with_name("scrambled.arboris")
    forge(sent_file.path, forged, scramble)
    _import_whole_or_refuse(elsewhere, forged)


_VALUES: list[object] = [None, True, -1, 0, 1, 2, 2**40, 0.5, "", "1", "x", [], [1], {}, {"id": 1}]


def _import_whole_or_refuse(database: Database, path: Path) -> None:
    before = len(Novels(database).all())
    refusal = None
    try:
        import_novel(database, path)
    except ArborisError as error:
        refusal = error.kind
    assert refusal is None or refusal in REFUSALS
    assert len(Novels(database).all()) == before + (refusal is None)
