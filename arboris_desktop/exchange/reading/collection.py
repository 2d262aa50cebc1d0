"""Reading many files as one book: a folder, or an archive, with one or more chapters in each.

Folders are volumes. Files are sorted by the numbers in their names; each is read as if it were
alone, and is titled by its file name if it has no heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from pathlib import Path, PurePath, PurePosixPath

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.chapters import book_of
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter
from arboris_desktop.exchange.reading.containers import MAX_PACKED_BYTES, Container, unreadable
from arboris_desktop.exchange.reading.longform import read_index
from arboris_desktop.text.numerals import value_of
from arboris_desktop.text.patterns import lazy_pattern

FORM = "files"
MOST_FILES = 10_000

_PARTS = lazy_pattern(r"(?P<digits>\d+)|(?P<chinese>[零〇一二三四五六七八九十百千两]+)")
_NUMBER_AT_END = lazy_pattern(r"[\d零〇一二三四五六七八九十百千]+$")
_FIRST = ("序", "楔子", "引子", "前言", "prologue", "foreword", "preface")
_LAST = ("尾声", "终章", "番外", "后记", "跋", "epilogue", "afterword")
_IN_ORDER = ("上", "中", "下")
_DOCUMENTS = (".txt", ".text", ".md", ".markdown", ".mkd", ".docx", ".docm", ".odt", ".rtf", ".fb2")
_NOTES = (".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")

ReadOne = Callable[[bytes, str], Manuscript]
"""Reads the bytes of a file of that name."""


@record
class _File:
    path: PurePosixPath
    read: Callable[[], bytes]


def read_folder(folder: Path, read_one: ReadOne) -> Manuscript:
    """Reads the book in the files of a folder. Raises ``ArborisError`` (``FILE_UNREADABLE``)."""
    files = [
        _File(PurePosixPath(path.relative_to(folder).as_posix()), partial(_bytes, path))
        for path in _files_in(folder)
    ]
    return _read(files, read_one, "a folder without a text in it")


def read_files(paths: Iterable[Path], read_one: ReadOne) -> Manuscript:
    """Reads the book in these files, sorted by the numbers in their names and regardless of
    folders.

    Raises ``ArborisError`` (``FILE_UNREADABLE``).
    """
    files = [_File(PurePosixPath(path.name), partial(_bytes, path)) for path in paths]
    return _read(files, read_one, "no text is among the files")


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Returns files in the order in which they would be read as one book."""
    return sorted(paths, key=lambda path: _order_of(PurePosixPath(path.name)))


def name_of_files(paths: Sequence[Path]) -> str:
    """Returns the name of a book in several files: the common prefix of their names, otherwise that
    of their folder."""
    stems = [path.stem for path in paths]
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*stems, strict=False))
    common = "".join(letters[0] for letters in same)
    name = _NUMBER_AT_END.sub("", common).strip(" _-—·.（(《【[第卷")
    return name if len(name) > 1 else paths[0].parent.name


def read_archive(container: Container, read_one: ReadOne) -> Manuscript:
    """Reads the book in the files of an archive. Raises ``ArborisError`` (``FILE_UNREADABLE``)."""
    files = [
        _File(PurePosixPath(_name(name)), partial(container.read, name))
        for name in container.names
        if not name.endswith("/")
    ]
    return _read(_without_common_folder(files), read_one, "an archive without a text in it")


def _files_in(folder: Path) -> Iterator[Path]:
    """Yields the files below a folder, except links that lead out of it."""
    try:
        found = sorted(folder.rglob("*"))
    except OSError as error:
        raise unreadable(error.strerror or str(error)) from error
    return (path for path in found[:MOST_FILES] if path.is_file() and not path.is_symlink())


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_PACKED_BYTES + 1)


def _name(name: str) -> str:
    """Decodes the name of a member whose encoding is not stated, and that was read as DOS."""
    try:
        raw = name.encode("cp437")
    except UnicodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    return name


def _without_common_folder(files: list[_File]) -> list[_File]:
    """Drops the single top-level folder of most archives, which is not a volume."""
    kept = [file for file in files if is_document(file.path)]
    while kept and len({file.path.parts[0] for file in kept}) == 1 and len(kept[0].path.parts) > 1:
        kept = [_File(PurePosixPath(*file.path.parts[1:]), file.read) for file in kept]
    return kept


def is_document(path: PurePath) -> bool:
    """True for a file that may contain a chapter."""
    is_hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
    return not is_hidden and path.suffix.lower() in (*_DOCUMENTS, *_PAGES)


def _read(files: Iterable[_File], read_one: ReadOne, nothing: str) -> Manuscript:
    found = sorted((file for file in files if is_document(file.path)), key=_order)
    if not found:
        raise unreadable(nothing)
    if len(found) == 1:
        return read_one(found[0].read(), found[0].path.name)
    title, found = _in_own_order(found)
    collected = _Collected(title=title)
    for file in found:
        collected.add(file, read_one)
    if not collected.lines:
        raise unreadable(nothing)
    return Manuscript(
        FORM,
        collected.lines,
        collected.levels,
        True,
        collected.title,
        collected.author,
    )


def _in_own_order(files: list[_File]) -> tuple[str, list[_File]]:
    """Returns title and files according to the index of a project, if there is one; files that it
    does not name come last."""
    for file in files:
        is_note = file.path.suffix.lower() in _NOTES
        if is_note and (index := read_index(file.read())):
            places = {name: place for place, name in enumerate(index.scenes)}
            scenes = [one for one in files if one.path.stem in places]
            scenes.sort(key=lambda one: places[one.path.stem])
            others = [one for one in files if one not in scenes and one is not file]
            plain = (_File(PurePosixPath(one.path.name), one.read) for one in scenes)
            return index.title, [file, *plain, *others]
    return "", files


def _order(file: _File) -> list[tuple[int, int, str]]:
    """Sorts by the numbers in names, each folder and name by itself; prologues come first."""
    return _order_of(file.path)


def _order_of(path: PurePosixPath) -> list[tuple[int, int, str]]:
    return [key for part in path.with_suffix("").parts for key in _keys(part)]


def _keys(name: str) -> Iterator[tuple[int, int, str]]:
    place = 0
    for found in _PARTS.finditer(name):
        if found.start() > place:
            yield from _words(name[place : found.start()])
        value = int(found[0]) if found["digits"] else (value_of(found[0]) or (0,))[0]
        yield 1, value, ""
        place = found.end()
    if place < len(name):
        yield from _words(name[place:])
    yield -1, 0, ""


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    words = " ".join(text.split()).casefold()
    place = -1 if words.startswith(_FIRST) else 1 if words.startswith(_LAST) else 0
    order = _IN_ORDER.index(words) if words in _IN_ORDER else 0
    yield 1 + place, order, words


@dataclass(slots=True)
class _Collected:
    """The files as paragraphs of one text, with headings of volumes (1) and chapters (2)."""

    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    title: str = ""
    author: str = ""
    _volume: str = ""

    def add(self, file: _File, read_one: ReadOne) -> None:
        """Adds the contents of a file; one that cannot be read is reported."""
        try:
            book = book_of(read_one(file.read(), file.path.name), stem=file.path.stem)
        except ArborisError as error:
            raise unreadable(f"{file.path}: {error.message}") from error
        self.author = self.author or book.author
        self._begin_volume(" · ".join(file.path.parts[:-1]))
        self._add_book(book, file.path.stem)

    def _begin_volume(self, name: str) -> None:
        if name != self._volume:
            self._volume = name
            if name:
                self._add_heading(name, 1)

    def _add_book(self, book: ParsedBook, stem: str) -> None:
        stem, opening = self._named(book, stem)
        for volume in book.volumes:
            name = " ".join(part for part in (volume.label, volume.title) if part)
            if name and name != self._volume:
                self._begin_volume(name)
            for chapter in volume.chapters:
                self._add_chapter(chapter, stem, opening)
                opening = ""

    def _named(self, book: ParsedBook, stem: str) -> tuple[str, str]:
        """The name of a chapter without a heading, and the title of the file if that is neither
        there nor the title of the book."""
        if not book.title or book.title in stem:
            return stem, ""
        if any(one.title or one.label for volume in book.volumes for one in volume.chapters):
            self.title = self.title or book.title
            return stem, "" if book.title == self.title else book.title
        has_number = any(letter.isdigit() for letter in stem)
        return (f"{stem} {book.title}" if has_number else book.title), ""

    def _add_chapter(self, chapter: ParsedChapter, stem: str, opening: str) -> None:
        title = chapter.title if chapter.title != chapter.label else ""
        name = " ".join(part for part in (chapter.label, title) if part)
        if not chapter.text.strip() and not name:
            return  # An empty file.
        self._add_heading(name or stem, 2)
        self.lines += [opening] if opening else []
        self.lines += chapter.text.split("\n\n")

    def _add_heading(self, text: str, level: int) -> None:
        self.levels[len(self.lines)] = level
        self.lines.append(text)
