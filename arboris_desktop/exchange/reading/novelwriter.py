"""Reading a novelWriter project: its list of documents, and the documents of the novel.

Documents use novelWriter's own markup. Synopses become plans, comments the notes of a chapter, and
the project's notes entries of the codex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from arboris_desktop.codex.rows import MOST_ROWS, CodexRow
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.novelwriter_words import KINDS_OF_ROOTS, SCENE_NAMES
from arboris_desktop.exchange.plans import KIND_NAMES
from arboris_desktop.exchange.reading.containers import MAX_PACKED_BYTES, Container, unreadable
from arboris_desktop.exchange.reading.novelwriter_notes import entries_of
from arboris_desktop.exchange.reading.novelwriter_text import DocumentLine, LineKind, lines_of
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK

FORM = "nwx"
PROJECT_FILE = "nwProject.nwx"
_HANDLE = lazy_pattern("[0-9a-f]{13}")
_NO = frozenset({"no", "false"})
_SUFFIXES = (".md", ".nwd")
"""The extensions of documents, of newer and of older versions."""
_SCENE_NAME = lazy_pattern(
    "|".join(name.replace("{number}", r"\d+") for name in SCENE_NAMES.values())
)

FileBeside = Callable[[str], bytes | None]
"""Reads a file by its path in the project folder; ``None`` if there is none."""


def read_project(data: bytes, folder: Path) -> Manuscript:
    """Reads the novel of the project in ``folder``.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) if it is damaged, or its documents are missing.
    """
    return _read(data, lambda name: _file(folder / name), folder.name)


def packed_project(container: Container) -> str:
    """Returns the name of the project's list in an archive, such as a backup of novelWriter; or
    nothing."""
    found = [name for name in container.names if PurePosixPath(name).name == PROJECT_FILE]
    return min(found, key=len, default="")


def read_packed_project(container: Container, name: str) -> Manuscript:
    """Reads the novel of a project in an archive. Raises the errors of ``read_project``."""
    top = name.removesuffix(PROJECT_FILE)
    return _read(container.read(name), lambda one: container.read_if_there(top + one), "")


def _read(data: bytes, beside: FileBeside, name: str) -> Manuscript:
    root = parse_xml(data)
    replacements = {
        entry.get("key", ""): entry.text or ""
        for entry in root.iterfind("settings/autoReplace/entry")
        if entry.get("key")
    }
    reader = _Reader(_text(root, "title") or _text(root, "name") or name)
    found = 0
    for handle in _documents(root):
        if (text := _document(beside, handle)) is not None:
            reader.read(lines_of(text, replacements))
            found += 1
    if not found:
        raise unreadable("the folder 'content' beside it has no document of the novel")
    reader.end()
    return Manuscript(
        FORM,
        reader.lines,
        reader.levels,
        True,
        reader.lines[0],
        _text(root, "author"),
        left_out=reader.left_out,
        plans=reader.plans,
        scratchpads=reader.scratchpads,
        codex=tuple(_codex(root, beside, replacements)),
    )


def _documents(root: Element) -> Iterator[str]:
    """Yields the handles of the novel's documents, in order."""
    items = {item.get("handle", ""): item for item in root.iterfind("content/item")}
    for handle, item in items.items():
        top = items.get(item.get("root", ""), item)
        classes = {_said(item, "class"), _said(top, "class")}
        is_text = _said(item, "type") == "FILE" and _said(item, "layout") != "NOTE"
        if is_text and classes == {"NOVEL"} and _is_active(item) and _HANDLE.fullmatch(handle):
            yield handle


def _codex(
    root: Element, beside: FileBeside, replacements: Mapping[str, str]
) -> Iterator[CodexRow]:
    items = {item.get("handle", ""): item for item in root.iterfind("content/item")}
    count = 0
    for handle, item in items.items():
        top = items.get(item.get("root", ""), item)
        kind = _said(item, "class")
        is_note = _said(item, "type") == "FILE" and {kind, _said(top, "class")} == {kind}
        if not (is_note and kind in KINDS_OF_ROOTS and _is_active(item)):
            continue
        if not _HANDLE.fullmatch(handle) or (text := _document(beside, handle)) is None:
            continue
        name = " ".join((item.findtext("name") or "").split())
        for row in entries_of(lines_of(text, replacements), kind, name):
            count += 1
            if count > MOST_ROWS:
                return
            yield _as_seed(row) if _is_of_seeds(top) else row


def _is_of_seeds(root: Element) -> bool:
    """True for the folder in which this program puts the seeds of a plot."""
    names = {names[EntryKind.FORESHADOWING] for names in KIND_NAMES.values()}
    return (root.findtext("name") or "").strip() in names


def _as_seed(row: CodexRow) -> CodexRow:
    return CodexRow(
        EntryKind.FORESHADOWING, row.name, row.aliases, row.role, row.description, row.facts
    )


def _said(item: Element, name: str) -> str:
    """Returns an attribute of an item, which older versions write as an element."""
    return str(item.get(name) or item.findtext(name) or "").upper()


def _is_active(item: Element) -> bool:
    name = item.find("name")
    stated = "" if name is None else name.get("active") or name.get("exported")
    return (stated or item.findtext("exported") or "yes").lower() not in _NO


def _text(root: Element, name: str) -> str:
    return " ".join((root.findtext(f"project/{name}") or "").split())


def _document(beside: FileBeside, handle: str) -> str | None:
    """Returns the text of a document; ``None`` if there is none, as for an empty one."""
    for suffix in _SUFFIXES:
        data = beside(f"content/{handle}{suffix}")
        if data is not None:
            text = data.decode("utf-8-sig", "replace")
            return text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def _file(path: Path) -> bytes | None:
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(MAX_PACKED_BYTES + 1)
    except OSError as error:
        raise unreadable(f"{path.name}: {error.strerror or error}") from error
    if len(data) > MAX_PACKED_BYTES:
        raise unreadable(f"{path.name} is too large")
    return data


@dataclass(slots=True)
class _Gathered:
    """Notes on a chapter besides its text, one per line."""

    plan: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


class _Reader:
    """Collects the paragraphs of all documents, below the title of the book."""

    def __init__(self, title: str) -> None:
        self.lines = [title]
        self.levels = {0: 1}
        self.left_out = 0
        self._has_title = False
        self._paragraph: list[str] = []
        self._has_prose = False
        self._told: dict[int, _Gathered] = {}
        self._chapter = 0

    @property
    def plans(self) -> dict[int, str]:
        """The synopses of a chapter and its scenes, by the line of its heading."""
        return {line: "\n".join(told.plan) for line, told in self._told.items() if told.plan}

    @property
    def scratchpads(self) -> dict[int, str]:
        """The comments of a chapter, by the line of its heading."""
        told = ((line, each.comments) for line, each in self._told.items())
        return {line: "\n".join(comments) for line, comments in told if comments}

    def read(self, lines: Iterator[DocumentLine]) -> None:
        """Reads a document."""
        for line in lines:
            self._line(line)
        self._end_paragraph()

    def end(self) -> None:
        """Counts notes above the first chapter, or on a part, which have no counterpart here."""
        told = self._told.pop(0, None)
        if told is not None:
            self.left_out += len(told.plan) + len(told.comments)

    def _line(self, line: DocumentLine) -> None:
        if line.kind is LineKind.TEXT:
            self._paragraph.append(line.text)
            return
        self._end_paragraph()
        if line.kind is LineKind.HEADING:
            self._heading(line)
        elif line.kind is LineKind.FOOTNOTE:
            self.lines.append(f"[^{line.key}]: {line.text}")
        elif line.kind in (LineKind.SYNOPSIS, LineKind.COMMENT):
            told = self._told.setdefault(self._chapter, _Gathered())
            place = told.plan if line.kind is LineKind.SYNOPSIS else told.comments
            place += [line.text] if line.text else []
        elif line.kind in (LineKind.TAG, LineKind.REFERENCE):
            self.left_out += 1

    def _heading(self, line: DocumentLine) -> None:
        if line.level == 1 and line.is_special and not self._has_title:
            self.lines[0] = line.text or self.lines[0]
            self._has_title = True
        elif line.level <= 2:
            self._chapter = len(self.lines) if line.level == 2 else 0
            self.levels[len(self.lines)] = line.level + 1
            self.lines.append(line.text)
            self._has_prose = False
        else:
            self.left_out += bool(line.text) and not _SCENE_NAME.fullmatch(line.text)
            if line.level == 3 and self._has_prose:
                self.lines.append(SCENE_BREAK)

    def _end_paragraph(self) -> None:
        if text := "\n".join(line for line in self._paragraph if line):
            self.lines.append(text)
            self._has_prose = True
        self._paragraph = []
