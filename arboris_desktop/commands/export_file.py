"""``arboris-desktop export``: writes a novel to a file, or to standard output."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.termination import Termination
from arboris_desktop.domain.chapter_numbers import parse_chapter_numbers
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.publishing import FORMS, Platform
from arboris_desktop.domain.settings import ExportSettings
from arboris_desktop.exchange.novel_file import NOVEL_FORM
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import (
    PROJECT_FORM,
    Dress,
    ExportContent,
    ExportOptions,
    LineEnds,
    TextEncoding,
)

if TYPE_CHECKING:
    from arboris_desktop.services import Services

_STANDARD_OUTPUT = Path("-")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declares the options of ``export``."""
    command.add_argument("project_id", nargs="?", help="of the novel; not with --all")
    command.add_argument("--all", action="store_true", help="every novel, in one library file")
    command.add_argument("--format", choices=(NOVEL_FORM, *EXPORT_FORMATS, PROJECT_FORM))
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        help="a file, for a project a new folder; - is standard output",
    )
    text = "replace an older novel file (texts always are)"
    command.add_argument("--overwrite", action="store_true", help=text)
    command.add_argument("--chapters", help="only these, such as 1-20,25")
    command.add_argument("--unwritten", action="store_true", help="chapters without a text too")
    text = "choices kept under this name in the window; others given here come before them"
    command.add_argument("--preset", metavar="NAME", help=text)
    text = "of a DOCX: a copy to read (as usual), or the standard form of manuscripts"
    command.add_argument("--dress", choices=tuple(Dress), help=text)
    text = "of plain text and Markdown; utf-8 as usual"
    command.add_argument("--encoding", choices=tuple(TextEncoding), help=text)
    command.add_argument("--line-ends", choices=tuple(LineEnds), help="lf as usual")
    text = "plain text as a platform takes it"
    command.add_argument("--platform", choices=tuple(Platform), help=text)
    text = "its text (as usual), or its outline or codex as a document"
    command.add_argument("--content", choices=tuple(ExportContent), help=text)
    command.add_argument("--cover", type=Path, help="of an EPUB: a PNG or JPEG picture")
    text = "front matter, such as a dedication: a text file in UTF-8"
    command.add_argument("--front", type=Path, help=text)
    text = "a file for each chapter: --out is a new folder then"
    command.add_argument("--file-per-chapter", action="store_true", help=text)


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Writes the file, completely or not at all."""
    _check(options)
    if options.all:
        services.files.export_library(options.out)
        return 0
    chosen = _chosen(services, options)
    if options.out == _STANDARD_OUTPUT:
        if chosen.file_per_chapter:
            raise RuleError(ErrorKind.INVALID_VALUE, "a file per chapter needs a folder, not -")
        _print(services, options, chosen)
    else:
        services.files.export_book(
            options.project_id,
            options.format,
            options.out,
            overwrite=options.overwrite,
            options=chosen,
        )
    return 0


def _chosen(services: Services, options: argparse.Namespace) -> ExportOptions:
    """Returns the choices of the preset, if one is named, overridden by the given ones."""
    kept = _preset(services, options.preset) if options.preset else ExportOptions()
    chapters = frozenset(parse_chapter_numbers(options.chapters)) if options.chapters else None
    platform = FORMS[Platform(options.platform)] if options.platform else None
    return ExportOptions(
        unwritten_too=options.unwritten or kept.unwritten_too,
        chapters=chapters,
        dress=Dress(options.dress or kept.dress),
        encoding=TextEncoding(options.encoding or kept.encoding),
        line_ends=LineEnds(options.line_ends or kept.line_ends),
        file_per_chapter=options.file_per_chapter or kept.file_per_chapter,
        publishing=platform or kept.publishing,
        content=ExportContent(options.content or kept.content),
        front=_text_of(options.front) if options.front else kept.front,
        cover=options.cover or kept.cover,
    )


def _preset(services: Services, name: str) -> ExportOptions:
    presets = services.preferences.get(ExportSettings).presets
    if name not in presets:
        known = ", ".join(sorted(presets)) or "none"
        reason = f"there is no preset {name!r}; those kept: {known}"
        raise RuleError(ErrorKind.INVALID_VALUE, reason)
    return ExportOptions.from_preset(presets[name])


def _text_of(path: Path) -> str:
    from arboris_desktop.exchange.decoding import decode
    from arboris_desktop.exchange.importing import bytes_of

    return decode(bytes_of(path)).text


def _check(options: argparse.Namespace) -> None:
    """Raises ``RuleError`` for options that exclude each other."""
    if options.all:
        if options.project_id or options.format or options.out == _STANDARD_OUTPUT:
            reason = "--all writes every novel to a file of its own kind; give only --out FILE"
            raise RuleError(ErrorKind.INVALID_VALUE, reason)
        return
    if not options.project_id or not options.format:
        raise RuleError(ErrorKind.INVALID_VALUE, "name a novel and --format, or --all")
    if options.format == PROJECT_FORM and options.out == _STANDARD_OUTPUT:
        raise RuleError(ErrorKind.INVALID_VALUE, "a project needs a folder, not -")
    _check_content(options)
    if options.file_per_chapter:
        _check_folder(options)


def _check_content(options: argparse.Namespace) -> None:
    is_text = options.content in (None, ExportContent.TEXT)
    if options.front and (options.platform or options.file_per_chapter or not is_text):
        reason = "front matter stands on the title page of a book; leave out --front"
        raise RuleError(ErrorKind.INVALID_VALUE, reason)
    if options.file_per_chapter and not is_text:
        reason = f"a file per chapter has the text; leave out --content {options.content}"
        raise RuleError(ErrorKind.INVALID_VALUE, reason)


def _check_folder(options: argparse.Namespace) -> None:
    if options.format == PROJECT_FORM:
        raise RuleError(ErrorKind.INVALID_VALUE, "a project has a file per chapter")
    if options.format == NOVEL_FORM:
        raise RuleError(ErrorKind.INVALID_VALUE, "a novel file is one file")
    if options.out == _STANDARD_OUTPUT:
        raise RuleError(ErrorKind.INVALID_VALUE, "a file per chapter needs a folder, not -")


def _print(services: Services, options: argparse.Namespace, chosen: ExportOptions) -> None:
    with tempfile.TemporaryDirectory(prefix="arboris-export-") as folder:
        path = Path(folder) / f"book.{options.format}"
        services.files.export_book(options.project_id, options.format, path, options=chosen)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
