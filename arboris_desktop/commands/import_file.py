"""``arboris-desktop import``: imports a file as a novel, or previews the result."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arboris_desktop.commands.arrivals import arrivals_as_json, tell_arrivals
from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import fail, print_json, tell
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.exchange.correction import Correction
    from arboris_desktop.exchange.multi_novel_results import Notes
    from arboris_desktop.exchange.preview import FoundHeading, ImportPreview
    from arboris_desktop.services import Services

_CHOICES = ("rule", "title", "author", "encoding", "as_plans")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declares the options of ``import``."""
    command.add_argument("file", type=Path)
    text = "show the headings that would be chapters, and import nothing"
    command.add_argument("--preview", action="store_true", help=text)
    text = (
        "how chapters are headed: auto, styles, none, a form that the preview lists such as "
        "'第N章' or 'Chapter N', or regex:PATTERN"
    )
    command.add_argument("--rule", help=text)
    command.add_argument("--title", help="of the book, in place of what was found")
    command.add_argument("--author", help="of the book, in place of what was found")
    text = "the file is an outline: what stands below its headings become plans"
    command.add_argument("--as-plans", action="store_true", help=text)
    command.add_argument("--encoding", help="of a text file, such as gb18030 or big5")
    command.add_argument(
        "--accept-instructions",
        action="store_true",
        help="use the prompts, the voice and the rules of a novel file; else they are off",
    )
    text = "add the chapters that it does not have yet to this novel, and analyse nothing"
    command.add_argument("--append", metavar="PROJECT_ID", help=text)
    command.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, ending: Termination) -> int:
    """Previews or stores the contents of the file."""
    from arboris_desktop.exchange.multi_novel_files import may_hold_several
    from arboris_desktop.exchange.novel_file import is_novel_file

    is_several = may_hold_several(options.file)
    is_text = not (is_several or is_novel_file(options.file))
    if not is_text and (options.append or any(getattr(options, name) for name in _CHOICES)):
        return fail("a file of novels says all by itself; --rule and the like are for texts", 2)
    if is_several:
        return _preview_several(options) if options.preview else _import_several(options, ending)
    if options.append and not options.preview:
        return _append(options, ending)
    return _preview(options) if options.preview else _import(options, ending)


@with_services
def _import(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    project_id = services.files.import_book(
        options.file,
        correction=_correction(options),
        accept_instructions=options.accept_instructions,
    )
    arrivals = services.arriving.of(project_id)
    if options.json:
        print_json({"project_id": project_id, **arrivals_as_json(arrivals)})
    else:
        print(project_id)
    tell_arrivals(project_id, arrivals)
    return 0


@with_services
def _append(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    appended = services.files.append_book(
        options.append, options.file, correction=_correction(options)
    )
    if options.json:
        stated = {"project_id": options.append, "chapters": list(appended.numbers)}
        print_json({**stated, "known": appended.known})
    else:
        print(f"{appended.numbers[0]}-{appended.numbers[-1]}")
        tell(f"{len(appended.numbers)} chapters added, {appended.known} were there already")
    return 0


@with_services
def _import_several(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    brought = services.files.import_several(options.file)
    if options.json:
        first, ids = brought.project_ids[0], list(brought.project_ids)
        print_json({"project_id": first, "project_ids": ids, "notes": dict(brought.notes)})
    else:
        print("\n".join(brought.project_ids))
        _tell_notes(brought.notes)
    return 0


def _preview_several(options: argparse.Namespace) -> int:
    from arboris_desktop.exchange.multi_novel_files import look_into

    found = look_into(options.file)
    assert found is not None
    if options.json:
        stated = {"titles": list(found.titles), "chapter_count": found.chapters}
        print_json({**stated, "words": found.words, "notes": dict(found.notes)})
    else:
        print("\n".join(found.titles))
        tell(f"{len(found.titles)} novels, {found.chapters} chapters, {found.words} words")
        _tell_notes(found.notes)
    return 0


def _tell_notes(notes: Notes) -> None:
    for code, count in notes:
        tell(f"note: {code} {count}")


def _correction(options: argparse.Namespace) -> Correction:
    from arboris_desktop.exchange.correction import AUTOMATIC, Correction

    rule = options.rule or AUTOMATIC
    return Correction(
        options.title, options.author, options.encoding, rule, as_plans=options.as_plans
    )


def _preview(options: argparse.Namespace) -> int:
    from arboris_desktop.exchange.novel_file import is_novel_file
    from arboris_desktop.exchange.preview import BookFile, look_into

    if is_novel_file(options.file):
        found = look_into(options.file)
        stated: dict[str, object] = {"format": "arboris", "title": found.title}
        stated |= {"language": found.language.value, "chapter_count": found.chapters}
        print_json({**stated, "words": found.words})
        return 0
    preview = BookFile(options.file).preview(_correction(options))
    if options.json:
        print_json(_as_json(preview))
    else:
        _print(preview)
    return 0


def _as_json(preview: ImportPreview) -> dict[str, Any]:
    volume = ""
    chapters = []
    for heading in preview.rows:
        volume = heading.title if heading.is_volume else volume
        if not heading.is_volume:
            chapters.append({**_heading(heading), "volume": volume})
    return {
        "file": str(preview.path),
        "format": preview.form,
        "encoding": preview.encoding or None,
        "title": preview.title,
        "author": preview.author,
        "language": preview.language.value,
        "rule": preview.rule,
        "rules": [{"rule": rule, "headings": count} for rule, count in preview.rules.items()],
        "volumes": [_heading(heading) for heading in preview.headings if heading.is_volume],
        "chapters": chapters,
        "chapter_count": preview.chapters,
        "front_matter_length": preview.front_length,
        "contents_lines": preview.contents_lines,
        "words": preview.words,
        "warnings": [
            {"code": one.code, "count": one.count, "title": one.title} for one in preview.warnings
        ],
    }


def _heading(heading: FoundHeading) -> dict[str, Any]:
    return {
        "line": heading.line + 1,
        "label": heading.label,
        "number": heading.number,
        "title": heading.title,
        "text": heading.text,
        "rule": heading.form,
        "note": heading.note.value or None,
        "length": heading.length,
    }


def _print(preview: ImportPreview) -> None:
    by = f", {preview.author}" if preview.author else ""
    tell(f"{preview.title}{by}: {preview.chapters} chapters, {preview.words} words, {preview.rule}")
    for one in preview.warnings:
        about = f" ({one.title})" if one.title else ""
        tell(f"warning: {one.code} {one.count or ''}{about}".rstrip())
    for heading in preview.rows:
        name = " ".join(part for part in (heading.label, heading.title) if part)
        indent = "" if heading.is_volume else "  "
        note = f"  [{heading.note.value}]" if heading.note.value else ""
        print(f"{heading.line + 1:7}  {heading.length:7}  {indent}{name}{note}")
