"""Reading a novelWriter project: its list of documents, and those of the novel beside it.

Documents are in novelWriter's own markup; notes, tags and comments are not the book's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import MAX_PACKED_BYTES, unreadable
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK

FORM = "nwx"
_HANDLE = lazy_pattern("[0-9a-f]{13}")
_HEADING = lazy_pattern(r"(#{1,4})(!?) +(.*)")
_META = lazy_pattern(r"%%~")
_FOOTNOTE = lazy_pattern(r"%\s*footnote\.(\w+):\s*(.*)", re.IGNORECASE)
_BREAK_CODE = lazy_pattern(r"\[br\]", re.IGNORECASE)
_CODES = lazy_pattern(r"\[(?:/?(?:s|u|m|sup|sub)|new ?page|vspace(?::\d+)?)\]|~~", re.IGNORECASE)
_BOLD_CODE = lazy_pattern(r"\[/?b\]", re.IGNORECASE)
_ITALIC_CODE = lazy_pattern(r"\[/?i\]", re.IGNORECASE)
_ITALIC = lazy_pattern(r"(?<![\w\\])_(?=[^\s_])(.*?[^\s\\])_(?!\w)")
_NOTE_CODE = lazy_pattern(r"\[footnote:(\w+)\]", re.IGNORECASE)
_ALIGNED = lazy_pattern(r"^>{1,2} ?(?=\S)|(?<=\S) ?<{1,2}$")
_NO = frozenset({"no", "false"})


def read_project(data: bytes, folder: Path) -> Manuscript:
    """The novel of the project that lies in ``folder``.

    Raises ``ArborisError`` (``FILE_UNREADABLE``) if it is damaged, or its documents are not there.
    """
    root = parse_xml(data)
    reader = _Reader(_text(root, "title") or _text(root, "name") or folder.name)
    found = 0
    for handle in _documents(root):
        if (text := _document(folder / "content" / f"{handle}.nwd")) is not None:
            reader.read(text)
            found += 1
    if not found:
        raise unreadable("the folder 'content' beside it has no document of the novel")
    return Manuscript(
        FORM,
        reader.lines,
        reader.levels,
        True,
        reader.lines[0],
        _text(root, "author"),
        left_out=reader.left_out,
    )


def _documents(root: Element) -> Iterator[str]:
    """The handles of the documents that belong to the novel, in its order."""
    items = {item.get("handle", ""): item for item in root.iterfind("content/item")}
    for handle, item in items.items():
        top = items.get(item.get("root", ""), item)
        classes = {_said(item, "class"), _said(top, "class")}
        is_text = _said(item, "type") == "FILE" and _said(item, "layout") != "NOTE"
        if is_text and classes == {"NOVEL"} and _is_active(item) and _HANDLE.fullmatch(handle):
            yield handle


def _said(item: Element, name: str) -> str:
    """An attribute of an item, which older versions write as an element."""
    return str(item.get(name) or item.findtext(name) or "").upper()


def _is_active(item: Element) -> bool:
    name = item.find("name")
    stated = "" if name is None else name.get("active") or name.get("exported")
    return (stated or item.findtext("exported") or "yes").lower() not in _NO


def _text(root: Element, name: str) -> str:
    return " ".join((root.findtext(f"project/{name}") or "").split())


def _document(path: Path) -> str | None:
    """The text of a document; ``None`` where there is none, as for an empty one."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(MAX_PACKED_BYTES + 1)
    except OSError as error:
        raise unreadable(f"{path.name}: {error.strerror or error}") from error
    if len(data) > MAX_PACKED_BYTES:
        raise unreadable(f"{path.name} is too large")
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


class _Reader:
    """Gathers the paragraphs of all documents, below the title of the book."""

    def __init__(self, title: str) -> None:
        self.lines = [title]
        self.levels = {0: 1}
        self._has_title = False
        self.left_out = 0
        self._paragraph: list[str] = []
        self._has_prose = False

    def read(self, text: str) -> None:
        """Reads a document."""
        for line in text.split("\n"):
            self._line(line.strip())
        self._end_paragraph()

    def _line(self, line: str) -> None:
        heading = _HEADING.fullmatch(line)
        note = _FOOTNOTE.fullmatch(line)
        if heading is not None:
            self._end_paragraph()
            self._heading(len(heading[1]), heading[2], _plain(heading[3]))
        elif note is not None:
            self._end_paragraph()
            self.lines.append(f"[^{note[1]}]: {_prose(note[2])}")
        elif line.startswith(("%", "@")):
            self.left_out += not _META.match(line)
        elif line:
            self._paragraph.append(_prose(line))
        else:
            self._end_paragraph()

    def _heading(self, level: int, mark: str, text: str) -> None:
        if level == 1 and mark and not self._has_title:
            self.lines[0] = text or self.lines[0]
            self._has_title = True
        elif level <= 2:
            self.levels[len(self.lines)] = level + 1
            self.lines.append(text)
            self._has_prose = False
        elif level == 3:
            self.left_out += bool(text)
            if self._has_prose:
                self.lines.append(SCENE_BREAK)
        else:
            self.left_out += bool(text)

    def _end_paragraph(self) -> None:
        if text := "\n".join(line for line in self._paragraph if line):
            self.lines.append(text)
            self._has_prose = True
        self._paragraph = []


def _plain(text: str) -> str:
    return _prose(text).replace("*", "").strip()


_REPLACEMENTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_ALIGNED, ""),
    (_BREAK_CODE, "\n"),
    (_ITALIC, r"*\1*"),
    (_CODES, ""),
    (_BOLD_CODE, "**"),
    (_ITALIC_CODE, "*"),
    (_NOTE_CODE, r"[^\1]"),
    (re.compile(r"\\([_~])"), r"\1"),
)


def _prose(line: str) -> str:
    """A line in the marks of the program's texts."""
    for pattern, replacement in _REPLACEMENTS:
        line = pattern.sub(replacement, line)
    return line.strip()
