"""Writing a novel out in every form, and reading each file back to see that all of it is there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from arboris_desktop.domain.blueprint import Blueprint
from arboris_desktop.domain.record import record
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services

_NOVEL_FORM, _PLAIN_FORM = "arboris", "txt"
_FORMS = ("md", _PLAIN_FORM, _NOVEL_FORM)


class ExportError(Exception):
    """A file does not hold the novel that was written to it."""


@record
class _Novel:
    """The parts of a novel that must be the same when it has gone through a file."""

    title: str
    premise: str
    blueprint: Blueprint
    chapters: tuple[tuple[str, str, str], ...]
    """Title, plan and summary of each."""
    texts: tuple[str, ...]
    codex: tuple[str, ...]


def check_exports(services: Services, project_id: str, folder: Path) -> dict[str, Any]:
    """Writes ``book.md``, ``book.txt`` and ``book.arboris`` and returns the size of each in bytes.

    Each is brought in again, in a data folder of its own. Raises ``ExportError`` and
    ``ArborisError``.
    """
    novel = _read(services, project_id)
    _refuse_unwritten(novel)
    sizes: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="arboris-import-") as home:
        others = build_services({"ARBORIS_HOME": home}, SessionKeyStore())
        try:
            for form in _FORMS:
                path = folder / f"book.{form}"
                services.files.export_book(project_id, form, path, overwrite=True)
                if form == _PLAIN_FORM:
                    _refuse_incomplete(novel, path)
                _compare(novel, _read(others, others.files.import_book(path)), form)
                sizes[path.name] = path.stat().st_size
        finally:
            others.close()
    return sizes


def _compare(novel: _Novel, found: _Novel, form: str) -> None:
    """A text may have lines that read like headings of chapters, which only an author can tell
    apart: in plain text, it is enough that every word is there, in its order."""
    if form == _NOVEL_FORM and found != novel:
        raise ExportError(f"{form}: another novel came back")
    if form != _PLAIN_FORM and len(found.texts) != len(novel.texts):
        raise ExportError(f"{form}: {len(found.texts)} of {len(novel.texts)} chapters came back")
    if form != _PLAIN_FORM and _words(found) != _words(novel):
        raise ExportError(f"{form}: other words came back")


def _refuse_unwritten(novel: _Novel) -> None:
    """Raises ``ExportError`` when a chapter has no text: it would not be in the files."""
    for number, text in enumerate(novel.texts, start=1):
        if not text.strip():
            raise ExportError(f"chapter {number} has no text")


def _refuse_incomplete(novel: _Novel, path: Path) -> None:
    """Raises ``ExportError`` when a paragraph of the novel is not in the file."""
    content = path.read_text(encoding="utf-8")
    for number, text in enumerate(novel.texts, start=1):
        lost = [line for line in text.splitlines() if not _is_in(line, content)]
        if lost:
            raise ExportError(f"{path.name}: a line of chapter {number} is missing: {lost[0]}")


def _is_in(line: str, content: str) -> bool:
    """A line of marks between scenes may have become another one."""
    return line.strip() in content or not any(sign.isalnum() for sign in line)


def _words(novel: _Novel) -> list[list[str]]:
    return [text.split() for text in novel.texts]


def _read(services: Services, project_id: str) -> _Novel:
    contents = services.novels.open(project_id)
    versions = [services.editing.open(chapter.id).version for chapter in contents.chapters]
    return _Novel(
        title=contents.project.title,
        premise=contents.project.premise,
        blueprint=services.blueprint.open(project_id).blueprint,
        chapters=tuple((each.title, each.outline, each.summary) for each in contents.chapters),
        texts=tuple(version.content if version else "" for version in versions),
        codex=tuple(entry.name for entry in services.codex.entries(project_id)),
    )
