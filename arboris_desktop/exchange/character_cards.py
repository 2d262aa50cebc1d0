"""Character cards and lorebooks of chat programs (SillyTavern), as entries of the codex.

Cards are JSON, or pictures that contain it
(https://github.com/malfoyslastname/character-card-spec-v2). Their instructions to a model and
sample chats are not imported.
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
from collections.abc import Iterator
from typing import Any

from arboris_desktop.codex.rows import LONGEST_NAME, LONGEST_TEXT, MOST_ROWS, CodexRow
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.decoding import decode
from arboris_desktop.exchange.text_cleaning import clean_text

_PNG = b"\x89PNG\r\n\x1a\n"
_CARD_CHUNKS = (b"ccv3", b"chara")
"""The names of the text chunks in a picture that contain a card, the newer first."""
_ABOUT = ("description", "personality", "scenario")


def is_card(data: bytes) -> bool:
    """True for a picture and for JSON, as opposed to a table."""
    return data.startswith(_PNG) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_card(data: bytes) -> list[CodexRow]:
    """Returns the character of a card and the entries of its lorebook, or those of a lorebook
    alone.

    Raises ``ArborisError`` (``FILE_UNREADABLE``).
    """
    card = _object(_card_in_picture(data) if data.startswith(_PNG) else data)
    inner = card.get("data")
    stated = inner if isinstance(inner, dict) else card
    name = _name(stated.get("name"))
    rows: list[CodexRow] = []
    if name and any(key in stated for key in _ABOUT):
        about = "\n".join(filter(None, (_text(stated.get(key), name) for key in _ABOUT)))
        rows.append(
            CodexRow(EntryKind.CHARACTER, name, _names([stated.get("nickname")]), "", about)
        )
    book = stated.get("character_book")
    rows += _lore(book if isinstance(book, dict) else stated, name)
    if not rows:
        raise _unreadable("it is neither a character card nor a lorebook")
    return rows


def _lore(book: dict[str, Any], character: str) -> Iterator[CodexRow]:
    """Yields the enabled entries of a lorebook, with its keys as names."""
    entries = book.get("entries")
    listed = list(entries.values()) if isinstance(entries, dict) else entries
    if not isinstance(listed, list):
        return
    if len(listed) > MOST_ROWS:
        raise _unreadable(f"it has more than {MOST_ROWS} entries")
    for entry in listed:
        if not isinstance(entry, dict) or entry.get("disable") or entry.get("enabled") is False:
            continue
        keys = entry.get("keys", entry.get("key"))
        names = _names(keys if isinstance(keys, list) else [keys])
        title = _name(entry.get("comment")) or _name(entry.get("name"))
        content = _text(entry.get("content"), character)
        if content and (title or names):
            name = title or names[0]
            yield CodexRow(EntryKind.RULE, name, names, "", content)


def _names(values: list[Any]) -> tuple[str, ...]:
    """Returns the keys that may be names; patterns such as ``/storm.*/i`` are not."""
    names = (_name(value) for value in values)
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith("/")))


def _name(value: Any) -> str:
    name = " ".join(clean_text(value).split()) if isinstance(value, str) else ""
    return name[:LONGEST_NAME].strip()


def _text(value: Any, character: str) -> str:
    """Replaces the card's placeholder for its character by the name."""
    text = clean_text(value).strip() if isinstance(value, str) else ""
    if len(text) > LONGEST_TEXT:
        raise _unreadable(f"a text in it is longer than {LONGEST_TEXT}")
    for mark in ("{{char}}", "{{Char}}", "<BOT>"):
        text = text.replace(mark, character or mark)
    return text


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise _unreadable("it is damaged or not complete") from error
    if not isinstance(value, dict):
        raise _unreadable("it is neither a character card nor a lorebook")
    return value


def _card_in_picture(data: bytes) -> bytes:
    """Returns the JSON in a picture. Raises ``ArborisError`` if there is none."""
    texts = dict(_texts_of_picture(data))
    packed = next((texts[name] for name in _CARD_CHUNKS if name in texts), None)
    if packed is None:
        raise _unreadable("the picture contains no character card")
    try:
        return base64.b64decode(packed, validate=True)
    except binascii.Error as error:
        raise _unreadable("the card in the picture is damaged") from error


def _texts_of_picture(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Returns the texts of a PNG by name; of a truncated picture, those before its end."""
    position = len(_PNG)
    while position + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        chunk = data[position + 8 : position + 8 + length]
        if kind == b"tEXt" and len(chunk) == length:
            name, _, text = chunk.partition(b"\0")
            yield name.lower(), text
        position += length + 12


def _unreadable(reason: str) -> ArborisError:
    return ArborisError(ErrorKind.FILE_UNREADABLE, reason)
