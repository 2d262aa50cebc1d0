"""The contents of a file, before it is imported: seen, corrected, and then made a book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.chapters import assemble, bodies_of, front_title, language_of
from arboris_desktop.exchange.correction import FRONT_KEY, Correction
from arboris_desktop.exchange.division import Division, divide, key_of
from arboris_desktop.exchange.import_warnings import ImportWarning, warnings_about
from arboris_desktop.exchange.importing import has_encoding, named, read_manuscript
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.novel_file import is_novel_file
from arboris_desktop.exchange.number_notes import NumberNote, number_notes
from arboris_desktop.exchange.parsed import ParsedBook
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.headings.marks import Mark

_SAMPLE_CHARACTERS = 120


@record
class FilePreview:
    """A novel that a file holds, by what it says of itself."""

    path: Path
    title: str
    language: Language
    chapters: int
    words: int


def look_into(path: Path) -> FilePreview:
    """Reads so much of a file that the author can be asked about it.

    Raises ``ArborisError`` as an import does; that this succeeds does not mean that one will.
    """
    if is_novel_file(path):
        return _of_novel_file(path)
    found = BookFile(path).preview()
    return FilePreview(path, found.title, found.language, found.chapters, found.words)


def _of_novel_file(path: Path) -> FilePreview:
    from arboris_desktop.exchange.novel_file.archive import open_archive

    with open_archive(path) as archive:
        stated = archive.manifest
    counts = stated.counts
    return FilePreview(path, stated.title, stated.language, counts.chapters, counts.words)


@record
class FoundHeading:
    """A heading as the preview shows it.

    ``key`` names it in a correction, ``line`` is where it stands, ``text`` what stands there,
    ``label`` its number as it is written and ``number`` what that says;
    ``form`` is the series that it belongs to. ``length`` is that of the text below, in words or
    characters by the language, ``sample`` its beginning.
    """

    key: int
    line: int
    is_volume: bool
    label: str
    number: int | None
    title: str
    text: str
    form: str
    note: NumberNote
    length: int
    sample: str


@record
class ImportPreview:
    """The book that an import would bring in. ``rules`` are those that would find headings, with
    how many; ``front`` is the chapter of the text before the first heading, if there is such a text
    and a heading, and ``front_length`` the length of that text; ``contents_lines`` are those of a
    table of contents."""

    path: Path
    form: str
    encoding: str
    title: str
    author: str
    language: Language
    rule: str
    rules: Mapping[str, int]
    headings: tuple[FoundHeading, ...]
    front: FoundHeading | None
    front_length: int
    contents_lines: int
    words: int
    warnings: tuple[ImportWarning, ...]
    left_out: frozenset[int] = frozenset()

    @property
    def chapters(self) -> int:
        """The number of chapters that there would be."""
        if not self.headings:
            return 1
        return sum(not row.is_volume and row.key not in self.left_out for row in self.rows)

    @property
    def rows(self) -> tuple[FoundHeading, ...]:
        """All that the author can look at and correct: the headings, below the text before them."""
        return self.headings if self.front is None else (self.front, *self.headings)


@dataclass(slots=True)
class BookFile:
    """A file that is looked at again and again while it is corrected; it is read once.

    With ``others`` it is one book with these files.
    """

    path: Path
    others: tuple[Path, ...] = ()
    _read: dict[str | None, Manuscript] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name of the file, or of all of them, without an ending."""
        if not self.others:
            return self.path.stem
        from arboris_desktop.exchange.reading.collection import name_of_files

        return name_of_files((self.path, *self.others))

    def preview(self, correction: Correction | None = None) -> ImportPreview:
        """Tells what the import would bring in. Raises as ``read_manuscript`` does, and
        ``RuleError``."""
        correction = correction or Correction()
        manuscript = self._manuscript(correction)
        division = divide(manuscript, correction, self.stem)
        return _preview(self.path, self.stem, manuscript, division, correction)

    def book(self, correction: Correction | None = None) -> ParsedBook:
        """The book that the import brings in."""
        correction = correction or Correction()
        manuscript = self._manuscript(correction)
        division = divide(manuscript, correction, self.stem)
        language = language_of(manuscript)
        book = assemble(manuscript, division, language, correction)
        book = named(self.stem, book)
        return _with_names(book, correction)

    def has_encoding(self) -> bool:
        """True if the file is a text in an encoding that can be chosen."""
        return not self.others and has_encoding(self.path)

    def text_below(self, line: int, stop: int | None, correction: Correction) -> list[str]:
        """The lines of the file from one up to another (excluded)."""
        return list(self._manuscript(correction).lines[line:stop])

    def _manuscript(self, correction: Correction) -> Manuscript:
        if correction.encoding not in self._read:
            self._read[correction.encoding] = read_manuscript(
                self.path, correction.encoding, self.others
            )
        return self._read[correction.encoding]


def rows_to_correct(found: ImportPreview, corrected: ImportPreview) -> tuple[FoundHeading, ...]:
    """The rows of a preview, and the headings that the author has taken for text among them."""
    front = corrected.front or found.front
    return found.headings if front is None else (front, *found.headings)


def _with_names(book: ParsedBook, correction: Correction) -> ParsedBook:
    if correction.title is not None and correction.title.strip():
        book = replace(book, title=correction.title.strip())
    return book if correction.author is None else replace(book, author=correction.author.strip())


def _preview(
    path: Path, stem: str, manuscript: Manuscript, division: Division, correction: Correction
) -> ImportPreview:
    language = language_of(manuscript)
    bodies = bodies_of(manuscript, division)
    headings = _headings(manuscript, division.marks, bodies, language)
    opening = [manuscript.lines[line] for line in division.front.text]
    front = "\n".join(opening)
    names = named(stem, ParsedBook(division.front.title, language, (), division.front.author))
    names = _with_names(names, correction)
    front_length = count_words(front, language)
    front_row = None
    if headings and opening:
        title = front_title(language, correction)
        front_row = _front_row(division.front.text[0], title, front_length, opening)
    rows = headings if front_row is None else (front_row, *headings)
    return ImportPreview(
        path,
        manuscript.form,
        manuscript.encoding,
        names.title,
        names.author,
        language,
        division.rule,
        division.choices,
        headings,
        front_row,
        front_length,
        len(division.contents),
        sum(one.length for one in rows if one.key not in correction.left_out)
        if headings
        else front_length,
        warnings_about(manuscript, headings, bodies, front, front_length),
        correction.left_out,
    )


def _front_row(line: int, title: str, length: int, opening: Sequence[str]) -> FoundHeading:
    return FoundHeading(
        FRONT_KEY, line, False, "", None, title, "", "", NumberNote.FINE, length, _sample(opening)
    )


def _headings(
    manuscript: Manuscript,
    marks: Sequence[Mark],
    bodies: Sequence[Sequence[str]],
    language: Language,
) -> tuple[FoundHeading, ...]:
    return tuple(
        FoundHeading(
            key_of(mark),
            mark.line,
            mark.opens_volume,
            mark.heading.label,
            mark.heading.value[0] if mark.heading.value else None,
            mark.heading.name if mark.opens_volume else mark.heading.title,
            " ".join(" ".join(manuscript.lines[mark.line : mark.end]).split()),
            mark.heading.form,
            note,
            count_words("\n".join(body), language),
            _sample(body),
        )
        for mark, note, body in zip(marks, number_notes(marks), bodies, strict=True)
    )


def _sample(body: Sequence[str]) -> str:
    first = next((line for line in body if line.strip()), "")
    return " ".join(first.split())[:_SAMPLE_CHARACTERS]
