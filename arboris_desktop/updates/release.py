"""The newest version as the feed tells of it, read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from arboris_desktop.domain.record import record
from arboris_desktop.updates.errors import UpdateError, UpdateFault
from arboris_desktop.updates.versions import Version

_LONGEST_NOTES = 20_000


@record
class Release:
    """A version that can be had.

    ``notes`` are plain texts by language (``en``, ``zh_CN``); ``page`` is where it is described
    and downloaded, always https. After ``expires`` the feed is too old to be believed.
    """

    version: Version
    released: date
    notes: Mapping[str, str]
    page: str
    expires: datetime

    def notes_in(self, language: str) -> str:
        """The notes in that language, else in English, else none."""
        return self.notes.get(language) or self.notes.get("en", "")


def parse_release(body: bytes) -> Release:
    """Reads a feed whose signature was verified; raises ``UpdateError`` (UNREADABLE).

    What is not known is ignored, so that a later version may say more.
    """
    try:
        data = json.loads(body)
        if not isinstance(data, dict):
            raise TypeError("it is no object")
        return Release(
            version=Version.parse(_text(data, "version")),
            released=date.fromisoformat(_text(data, "released")),
            notes=_notes(data.get("notes", {})),
            page=_page(_text(data, "page")),
            expires=_moment(_text(data, "expires")),
        )
    except (TypeError, ValueError, RecursionError) as error:
        raise UpdateError(UpdateFault.UNREADABLE, f"the feed cannot be read: {error}") from error


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise TypeError(f"{name} is missing")
    return value


def _notes(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError("notes are no object")
    return {str(language): _printable(text) for language, text in value.items()}


def _printable(text: object) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST_NOTES:
        raise TypeError("notes are no text, or too long")
    return "".join(char for char in text if char.isprintable() or char == "\n")


def _page(address: str) -> str:
    parts = urlsplit(address)
    plain = address.isascii() and address.isprintable() and " " not in address
    if not (plain and parts.scheme == "https" and parts.hostname and "@" not in parts.netloc):
        raise ValueError("the page is no https address")
    return address


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("the expiry has no time zone")
    return moment
