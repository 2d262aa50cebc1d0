"""A chapter as plain text for the editor of a publishing platform."""

from __future__ import annotations

from dataclasses import replace

from arboris_desktop.domain.publishing import PublishingForm
from arboris_desktop.exchange.exporting import ExportBook, parts
from arboris_desktop.exchange.writing.blocks import Paragraph, prose
from arboris_desktop.text.paragraphs import SCENE
from arboris_desktop.text.scenes import SCENE_BREAK

_INDENT = "\u3000\u3000"


def for_publishing(heading: str, text: str, form: PublishingForm) -> str:
    """Returns the chapter in the given form: every line is a paragraph, marks of emphasis are
    removed."""
    indent = _INDENT if form.indent else ""
    lines = [f"{indent}{line}" for line in _lines(text)]
    if form.with_title and heading:
        lines.insert(0, heading)
    return ("\n\n" if form.blank_line else "\n").join(lines)


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for block in prose(text):
        if isinstance(block, Paragraph):
            lines += ["".join(run.text for run in line).strip() for line in block.lines]
        else:
            lines.append(SCENE_BREAK)
    return [line for line in lines if line]


def book_for_publishing(book: ExportBook, form: PublishingForm) -> str:
    """Returns the chapters in the given form. Several in one file always keep their headings."""
    sections = list(parts(book))
    kept = form if len(sections) < 2 else replace(form, with_title=True)
    texts = (for_publishing(heading, text, kept) for _, heading, text, _ in sections)
    return SCENE.join(text for text in texts if text) + "\n"
