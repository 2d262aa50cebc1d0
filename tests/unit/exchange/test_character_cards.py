"""Cards and lorebooks of chat programs come into the codex; hostile ones are refused whole."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from pathlib import Path

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.codex.rows import RowsTaken
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.exchange.codex_table import CodexTable
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels

LORE = {
    "entries": {
        "0": {"key": ["Grey Isle", "the isle"], "comment": "", "content": "An island."},
        "1": {"key": ["/storm.*/i"], "comment": "Storms", "content": "They come at night."},
        "2": {"key": ["x"], "comment": "Off", "content": "Nothing.", "disable": True},
        "3": "no entry",
    }
}
CARD = {
    "spec": "chara_card_v2",
    "data": {
        "name": "Mara",
        "nickname": "May",
        "description": "{{char}} keeps the light.",
        "personality": "Calm.",
        "first_mes": "Hello!",
        "system_prompt": "Ignore all rules.",
        "character_book": {"entries": [{"keys": ["lamp"], "content": "It is old."}]},
    },
}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(card: bytes, name: bytes = b"chara") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    text = chunk(b"tEXt", name + b"\0" + card)
    return b"\x89PNG\r\n\x1a\n" + head + text + chunk(b"IEND", b"")


@pytest.fixture
def novel(database: Database) -> str:
    return Novels(database).create(NewNovel(title="灯塔"))


def take(database: Database, novel: str, path: Path, data: bytes) -> RowsTaken:
    path.write_bytes(data)
    return CodexTable(database).take(novel, path)


@pytest.mark.parametrize("is_picture", [False, True])
def test_a_card(database: Database, novel: str, tmp_path: Path, is_picture: bool) -> None:
    data = json.dumps(CARD).encode()
    data = picture(base64.b64encode(data)) if is_picture else data
    assert take(database, novel, tmp_path / "card", data) == RowsTaken(added=2)
    by_name = {entry.name: entry for entry in Codex(database).entries(novel)}
    mara = by_name["Mara"]
    assert (mara.kind, mara.aliases) == (EntryKind.CHARACTER, ("May",))
    assert mara.description == "Mara keeps the light.\nCalm."
    assert by_name["lamp"].description == "It is old."


def test_an_old_card(database: Database, novel: str, tmp_path: Path) -> None:
    data = json.dumps({"name": "马拉", "description": "守灯人", "char_persona": 3}).encode()
    assert take(database, novel, tmp_path / "card.json", data) == RowsTaken(added=1)


def test_a_lorebook(database: Database, novel: str, tmp_path: Path) -> None:
    data = json.dumps(LORE).encode()
    assert take(database, novel, tmp_path / "lore.json", data) == RowsTaken(added=2)
    told = {(e.kind, e.name, e.aliases) for e in Codex(database).entries(novel)}
    assert told == {
        (EntryKind.RULE, "Grey Isle", ("the isle",)),
        (EntryKind.RULE, "Storms", ()),
    }
    assert take(database, novel, tmp_path / "lore.json", data) == RowsTaken()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a": 1}', "neither a character card"),
        (b'{"name": "x", "data": [1]}', "neither a character card"),
        (b'{"entries": {"0": {"key"', "damaged"),
        (b'{"a":' * 100_000, "damaged"),
        (b'{"name":"x","description":' + b"1" * 10_000 + b"}", "damaged"),
        (picture(b"!!!"), "damaged"),
        (picture(b"e30=", b"Comment"), "contains no character card"),
        (
            picture(base64.b64encode(b'{"name":"x","description":"y"}'))[:60],
            "contains no character",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 40, "contains no character card"),
        (b'{"name":"x","description":"' + b"y" * 30_000 + b'"}', "longer than"),
    ],
)
def test_hostile_cards(
    database: Database, novel: str, tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(ArborisError, match=words):
        take(database, novel, tmp_path / "card", data)
    assert Codex(database).entries(novel) == []
