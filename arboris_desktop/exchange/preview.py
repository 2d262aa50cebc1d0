"""The contents of a file before its import: examined, corrected, and then made a book."""

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
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.headings.marks import Mark

_SAMPLE_CHARACTERS = 120


@record
class FilePreview:
    """A novel in a file, by the description it contains."""

    path: Path
    title: str
    language: Language
    chapters: int
    words: int


def look_into(path: Path) -> FilePreview:
    """Reads as much of a file as the author needs to decide.

    Raises ``ArborisError`` like an import; success here does not guarantee that the import
    succeeds.
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

    ``key`` identifies it in a correction; ``line`` is its position, ``text`` its text, ``label``
    its number as written and ``number`` its value; ``form`` is the series to which it belongs.
    ``length`` is that of the text below, in words or characters depending on the language,
    ``sample`` its beginning.
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
    """The book that an import would bring.

    ``rules`` are those that would find headings, with how many; ``front`` is the chapter of the
    text before the first heading, if there are both, and ``front_length`` its length;
    ``contents_lines`` are those of a table of contents.
    """

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
        """The number of chapters in the book."""
        if not self.headings:
            return 1
        return sum(not row.is_volume and row.key not in self.left_out for row in self.rows)

    @property
    def rows(self) -> tuple[FoundHeading, ...]:
        """Everything that the author can examine and correct: the text before the headings, then
        these."""
        return self.headings if self.front is None else (self.front, *self.headings)


@dataclass(slots=True)
class BookFile:
    """A file that is examined repeatedly while it is corrected; it is read once.

    With ``others`` it is one book with these files.
    """

    path: Path
    others: tuple[Path, ...] = ()
    _read: dict[str | None, Manuscript] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name of the file, or of all of them, without extension."""
        if not self.others:
            return self.path.stem
        from arboris_desktop.exchange.reading.collection import name_of_files

        return name_of_files((self.path, *self.others))

    def preview(self, correction: Correction | None = None) -> ImportPreview:
        """Returns what the import would bring.

        Raises the errors of ``read_manuscript``, and ``RuleError``.
        """
        correction = correction or Correction()
        manuscript = self._manuscript(correction)
        division = divide(manuscript, correction, self.stem)
        return _preview(self.path, self.stem, manuscript, division, correction)

    def book(self, correction: Correction | None = None) -> ParsedBook:
        """Returns the book for the import."""
        correction = correction or Correction()
        manuscript = self._manuscript(correction)
        division = divide(manuscript, correction, self.stem)
        language = language_of(manuscript)
        book = assemble(manuscript, division, language, correction)
        book = named(self.stem, book)
        return _with_names(book, correction)

    def has_encoding(self) -> bool:
        """True if the file is a text whose encoding can be chosen."""
        return not self.others and has_encoding(self.path)

    def text_below(self, line: int, stop: int | None, correction: Correction) -> list[str]:
        """Returns the lines of the file from one up to another (exclusive)."""
        return list(self._manuscript(correction).lines[line:stop])

    def _manuscript(self, correction: Correction) -> Manuscript:
        if correction.encoding not in self._read:
            self._read[correction.encoding] = read_manuscript(
                self.path, correction.encoding, self.others
            )
        return self._read[correction.encoding]


def rows_to_correct(found: ImportPreview, corrected: ImportPreview) -> tuple[FoundHeading, ...]:
    """Returns the rows of a preview, including headings that the author has turned into text."""
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
        first = next(line for line in division.front.text if manuscript.lines[line].strip())
        front_row = _front_row(first, title, front_length, opening)
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
