"""The codex goes out as a table and comes in again; hostile tables are refused whole."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.codex.codex import Codex
from arboris_desktop.codex.rows import RowsTaken
from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.errors import ArborisError, NotFoundError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.exchange.codex_table import CodexTable, read_table, to_table
from arboris_desktop.exchange.spreadsheet_cells import safe_cell, unsafe_cell
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels

TABLE = """名称,类型,别名,身份,描述,事实,备注
马拉,人物,小马；老马,主角,"守灯人
住在岛上",眼睛是灰色的,x
=1+1,物品,,,-危险,,
"""


@pytest.fixture
def novel(database: Database) -> str:
    return Novels(database).create(NewNovel(title="灯塔"))


def brought(database: Database, novel: str, path: Path, data: bytes) -> RowsTaken:
    path.write_bytes(data)
    return CodexTable(database).take(novel, path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_in_any_encoding(
    database: Database, novel: str, tmp_path: Path, encoding: str
) -> None:
    data = TABLE.replace("\n", "\r\n").encode(encoding)
    assert brought(database, novel, tmp_path / "in.csv", data) == RowsTaken(added=2)
    mara, item = sorted(Codex(database).entries(novel), key=lambda one: one.kind.value)
    assert (mara.name, mara.aliases) == ("马拉", ("小马", "老马"))
    assert mara.attributes == {"role": "主角"}
    assert mara.description == "守灯人\n住在岛上\n眼睛是灰色的"
    assert (item.kind, item.name, item.description) == (EntryKind.ITEM, "=1+1", "-危险")


def test_what_goes_out_comes_in_unchanged(database: Database, novel: str, tmp_path: Path) -> None:
    brought(database, novel, tmp_path / "in.csv", TABLE.encode())
    table, out = CodexTable(database), tmp_path / "out.csv"
    table.write(novel, out)
    cells = [cell for row in csv.reader(out.read_text("utf-8-sig").splitlines()) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert table.take(novel, out) == RowsTaken()
    other = Novels(database).create(NewNovel(title="另一部"))
    assert table.take(other, out) == RowsTaken(added=2)
    told = [
        {(e.kind, e.name, e.aliases, e.description) for e in Codex(database).entries(one)}
        for one in (novel, other)
    ]
    assert told[0] == told[1]


def test_known_entries_learn_and_lose_nothing(
    database: Database, novel: str, tmp_path: Path
) -> None:
    codex = Codex(database)
    entry = codex.add_entry(novel, EntryKind.CHARACTER, "Mara", "A keeper")
    codex.edit_entry(entry, aliases=("May",))
    taken = brought(
        database, novel, tmp_path / "in.csv", b"name;aliases;facts\nmara;M.|May;Grey eyes\n"
    )
    assert taken == RowsTaken(changed=1)
    (mara,) = codex.entries(novel)
    assert (mara.name, mara.aliases) == ("Mara", ("May", "M."))
    assert mara.description == "A keeper\nGrey eyes"
    codex.undo(codex.journal(novel)[0].id)
    (mara,) = codex.entries(novel)
    assert mara.aliases == ("May",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"kind,alias\nitem,x\n", "no column 'name'"),
        (b"", "no column 'name'"),
        (b"name,kind\nA,item\nB,wizard\n", "line 3: 'wizard'"),
        (b"name,kind\nA,item\n,item\n", "line 3: a name is missing"),
        (b'name\nA\n"B\n', "line 3"),
        (b"name\n" + b"A" * 300_000 + b"\n", "field larger"),
        (b"name\n" + b"A" * 300 + b"\n", "longer than 200"),
        (b"name\n" + b"A\n" * 6000, "more than 5000"),
        (bytes(range(256)) * 30, "in.csv"),
    ],
)
def test_what_cannot_be_understood_is_told_and_nothing_stored(
    database: Database, novel: str, tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(ArborisError, match=words) as told:
        brought(database, novel, tmp_path / "in.csv", data)
    assert told.value.message.startswith("in.csv: ")
    assert Codex(database).entries(novel) == []


def test_no_such_novel(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        brought(database, "none", tmp_path / "in.csv", b"name\nA\n")
    with pytest.raises(NotFoundError):
        CodexTable(database).write("none", tmp_path / "out.csv")


@given(st.text())
def test_every_cell_comes_back_and_is_no_formula(text: str) -> None:
    assert unsafe_cell(safe_cell(text)) == text
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


_NAMES = st.text("aB;；、|'=+@- 马\u3000", min_size=1).map(lambda name: " ".join(name.split()))


@given(st.lists(_NAMES.filter(bool), max_size=4, unique=True))
def test_names_with_separators_come_back(aliases: list[str]) -> None:
    entry = CodexEntry(1, "p", EntryKind.ITEM, "x", tuple(aliases))
    (row,) = read_table(to_table([entry]).replace("\r\n", "\n"))
    assert row.aliases == tuple(aliases)


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("Person", EntryKind.CHARACTER),
        ("place", EntryKind.LOCATION),
        ("organization", EntryKind.FACTION),
        ("object", EntryKind.ITEM),
        ("道具", EntryKind.ITEM),
        ("地方", EntryKind.LOCATION),
        ("lore", EntryKind.RULE),
    ],
)
def test_other_words_for_the_kinds_and_columns(kind: str, meant: EntryKind) -> None:
    (row,) = read_table(f"Name,Type,Notes,Fact\nLamp,{kind},Old,It burns.\n")
    assert (row.kind, row.description, row.facts) == (meant, "Old", ("It burns.",))
