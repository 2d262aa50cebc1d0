"""Writing a novel out in every form, and reading each file back to see that all of it is there."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arboris_desktop.domain.blueprint import Blueprint
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services

_NOVEL_FORM = "arboris"
_FORMS = ("md", "txt", _NOVEL_FORM)


class ExportError(Exception):
    """A file does not hold the novel that was written to it."""


@dataclass(frozen=True, slots=True)
class _Novel:
    """What must be the same of a novel that has gone through a file."""

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
    sizes: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="arboris-import-") as home:
        others = build_services({"ARBORIS_HOME": home}, SessionKeyStore())
        try:
            for form in _FORMS:
                path = folder / f"book.{form}"
                services.export_book(project_id, form, path, overwrite=True)
                _compare(novel, _read(others, others.import_book(path)), form)
                sizes[path.name] = path.stat().st_size
        finally:
            others.close()
    return sizes


def _compare(novel: _Novel, found: _Novel, form: str) -> None:
    if len(found.texts) != len(novel.texts) or not all(text.strip() for text in found.texts):
        raise ExportError(f"{form}: {len(found.texts)} of {len(novel.texts)} chapters are there")
    if form == _NOVEL_FORM and found != novel:
        raise ExportError(f"{form}: another novel came back")
    if _words(found) != _words(novel):
        raise ExportError(f"{form}: other words came back")


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
