"""A book of 3.3 million characters: its preview, its import, and each export of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.preview import BookFile
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.database import Database
from tests.benchmarks.books import empty_home
from tests.benchmarks.figures import Budget, Figure

CHAPTERS, PARAGRAPHS = 1100, 50
PARAGRAPH = (
    "雨下了一整夜，檐下的灯笼晃个不停。他没有说话，只是把伞递过去，转身走进巷子里。"
    "“走吧。”远处传来更夫的梆子声，一下，又一下。"
)


def measure(
    runs: int, *, chapters: int = CHAPTERS, forms: Sequence[str] = tuple(EXPORT_FORMATS)
) -> Iterator[Figure]:
    """Processor time, which other work on the machine changes little."""
    length = f"{chapters * PARAGRAPHS * len(PARAGRAPH):,} characters"
    source = _source(chapters)
    previews, imports = [], []
    for _ in range(runs):
        with empty_home() as paths:
            file = Path(paths.home) / "book.txt"
            file.write_text(source, encoding="utf-8")
            previews.append(_seconds(BookFile(file).preview))
            database = Database(paths)
            imports.append(_seconds(partial(import_book, database, file)))
            database.close()
    yield Figure(f"preview of {length}", "s", tuple(previews), Budget(1.0))
    yield Figure(f"import of {length}", "s", tuple(imports), Budget(4.0))
    book = _book(chapters)
    for form in forms:
        written = EXPORT_FORMATS[form]
        taken = [_seconds(partial(written.write, book, ExportOptions())) for _ in range(runs)]
        yield Figure(f"export of {length} as {form}", "s", tuple(taken), Budget(5.0))


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _source(chapters: int) -> str:
    prose = "\n".join(f"　　{PARAGRAPH}" for _ in range(PARAGRAPHS))
    return "\n\n".join(f"第{number}章 风雨\n{prose}" for number in range(1, chapters + 1))


def _book(chapters: int) -> ExportBook:
    text = "\n\n".join([PARAGRAPH] * PARAGRAPHS)
    found = tuple(ExportChapter(number, "风雨", text) for number in range(1, chapters + 1))
    return ExportBook("书", Language.CHINESE, (ExportVolume("", found),))
