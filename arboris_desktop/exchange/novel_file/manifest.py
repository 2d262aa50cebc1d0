"""The manifest: what a novel file is, and what it must contain."""

from __future__ import annotations

from typing import Annotated

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.novel_file import limits
from arboris_desktop.exchange.novel_file.strict_json import damaged, parse_object
from arboris_desktop.llm.forms import BaseModel, ConfigDict, Field, ValidationError
from arboris_desktop.storage.portable.upgrades import check_revision

NAME = "manifest.json"
FORMAT = "arboris-novel"
VERSION = 1
"""Incremented when an older Arboris could no longer read the file, apart from its schema."""

_Count = Annotated[int, Field(ge=0, le=2**53)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class Counts(_Part):
    """The counts that the author is told before an import."""

    chapters: _Count
    written: _Count
    words: _Count


class Member(_Part):
    """A member of the zip: the rows of a table."""

    rows: Annotated[int, Field(ge=0, le=limits.ROWS)]
    size: Annotated[int, Field(ge=0, le=limits.TOTAL_BYTES)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(_Part):
    """The contents of ``manifest.json``. Other keys are ignored."""

    format: str
    format_version: int
    app_version: Annotated[str, Field(max_length=100)]
    schema_revision: Annotated[str, Field(pattern=r"^\d{4}$")]
    title: str
    language: Annotated[Language, Field(strict=False)]
    counts: Counts
    counting_rule: _Count = 0
    """The rule by which its chapters were counted; 0 if the version did not say."""
    members: Annotated[dict[str, Member], Field(max_length=limits.MEMBERS)]

    @property
    def total_rows(self) -> int:
        """The number of rows that the manifest states."""
        return sum(member.rows for member in self.members.values())


def read_manifest(data: bytes) -> Manifest:
    """Validates and reads a manifest.

    Raises ``ArborisError``: ``NOVEL_FILE_TOO_NEW`` for an unknown format or schema, otherwise
    ``NOVEL_FILE_DAMAGED``.
    """
    stated = parse_object(data)
    version = stated.get("format_version")
    if stated.get("format") != FORMAT or type(version) is not int or version < 1:
        raise damaged("the manifest is that of no novel")
    if version > VERSION:
        reason = f"its format is {version}, this version knows {VERSION}"
        raise ArborisError(ErrorKind.NOVEL_FILE_TOO_NEW, reason)
    try:
        manifest = Manifest.model_validate(stated)
    except ValidationError as error:
        place = ".".join(str(one)[:40] for one in error.errors()[0]["loc"])
        raise damaged(f"the manifest is wrong in {place}") from error
    check_revision(manifest.schema_revision)
    return manifest
