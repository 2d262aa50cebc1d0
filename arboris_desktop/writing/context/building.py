"""From what was read to what is told."""

from __future__ import annotations

from dataclasses import replace

from arboris_desktop.writing.context.reading import BookSoFar
from arboris_desktop.writing.context.report import ContextReport
from arboris_desktop.writing.context.sections import PIECES
from arboris_desktop.writing.context.selection import CountTokens, Selection
from arboris_desktop.writing.context.wording import HEADINGS


def build_context(book: BookSoFar, budget: int, count_tokens: CountTokens) -> ContextReport:
    """The context of a chapter, at most ``budget`` tokens by ``count_tokens``."""
    pieces = {
        kind: [replace(item, choice=book.choices.get((kind, item.key))) for item in make(book)]
        for kind, make in PIECES.items()
    }
    headings = {
        kind: count_tokens(f"\n\n## {heading}\n") + 1
        for kind, heading in HEADINGS[book.language].items()
    }
    selection = Selection(max(budget, 0), count_tokens, headings)
    selection.choose(pieces)
    return ContextReport(
        book.language,
        tuple(selection.taken()),
        tuple(selection.left_out()),
        tokens=max(budget, 0) - selection.remaining,
        budget=max(budget, 0),
    )
