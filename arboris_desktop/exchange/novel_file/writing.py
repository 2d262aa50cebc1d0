"""Writing a novel file."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arboris_desktop import __version__
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.domain.settings import CountingRecord
from arboris_desktop.exchange.atomic_file import Noting, replacing, unnoted
from arboris_desktop.exchange.novel_file import limits, manifest
from arboris_desktop.exchange.novel_file.archive import member_name
from arboris_desktop.exchange.novel_file.strict_json import to_line
from arboris_desktop.exchange.progress import Counter, Progress, silent
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.migrate import HEAD
from arboris_desktop.storage.portable.row_codec import sound_text

_TIME = (1980, 1, 1, 0, 0, 0)
"""Makes the same novel produce the same members, whenever it is written."""


def export_novel(
    database: Database,
    project_id: str,
    path: Path,
    *,
    overwrite: bool = False,
    progress: Progress = silent,
    noting: Noting = unnoted,
) -> None:
    """Writes all of a novel to a file, completely or not at all.

    Raises ``NotFoundError``, ``StorageError``, and ``ArborisError`` if the file cannot be written,
    or exists and must not be overwritten; it is then untouched, as it is if ``progress`` stops the
    work.
    """
    with database.read() as transaction:
        project = transaction.projects.get(project_id)
        counts = transaction.whole.counts(project_id)
        if sum(counts.values()) > limits.ROWS:
            raise _too_large(path)
        counter = Counter(sum(counts.values()), progress)
        with (
            replacing(path, overwrite=overwrite, noting=noting) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped,
        ):
            members = {}
            room = limits.TOTAL_BYTES
            for table, rows in transaction.whole.read(project_id):
                name = member_name(table)
                written = _write_rows(zipped, name, counter.count(rows))
                members[name] = written
                room -= written["size"]
                if room < 0:
                    raise _too_large(path)
            rule = transaction.settings.get(CountingRecord).rule
            zipped.writestr(_info(manifest.NAME), _manifest(project, rule, members))


def _write_rows(
    zipped: zipfile.ZipFile, name: str, rows: Iterator[dict[str, Any]]
) -> dict[str, Any]:
    digest, size, count = hashlib.sha256(), 0, 0
    with zipped.open(_info(name), "w") as member:
        for row in rows:
            line = to_line(row) + b"\n"
            digest.update(line)
            size += len(line)
            count += 1
            if len(line) > limits.LINE_BYTES or size > limits.TOTAL_BYTES:
                raise _too_large(Path(name))
            member.write(line)
    return {"rows": count, "size": size, "sha256": digest.hexdigest()}


def _manifest(project: NovelProject, counting_rule: int, members: dict[str, Any]) -> bytes:
    stated = {
        "format": manifest.FORMAT,
        "format_version": manifest.VERSION,
        "app_version": __version__,
        "schema_revision": HEAD,
        "title": sound_text(project.title),
        "language": project.language.value,
        "counts": {
            "chapters": project.chapter_count,
            "written": project.written_count,
            "words": project.word_count,
        },
        "counting_rule": counting_rule,
        "members": members,
    }
    return json.dumps(stated, indent=1).encode()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _too_large(path: Path) -> ArborisError:
    reason = f"{path.name} would be larger than a novel file may be"
    return ArborisError(ErrorKind.FILE_UNWRITABLE, reason)
