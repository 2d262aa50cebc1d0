"""What is in a file, before it is imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.novel_file import NOVEL_SUFFIX
from arboris_desktop.text.counts import count_words


@dataclass(frozen=True, slots=True)
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
    if path.suffix.lower() == NOVEL_SUFFIX:
        return _of_novel_file(path)
    book = read_book(path)
    chapters = [chapter for volume in book.volumes for chapter in volume.chapters]
    words = sum(count_words(chapter.text, book.language) for chapter in chapters)
    return FilePreview(path, book.title, book.language, len(chapters), words)


def _of_novel_file(path: Path) -> FilePreview:
    from arboris_desktop.exchange.novel_file.archive import open_archive

    with open_archive(path) as archive:
        stated = archive.manifest
    counts = stated.counts
    return FilePreview(path, stated.title, stated.language, counts.chapters, counts.words)
