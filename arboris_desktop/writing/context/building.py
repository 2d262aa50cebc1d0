"""Building the context from what was read, with an account of the selection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from arboris_desktop.domain.context import ContextItem, ItemKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.writing.context.reading import BookSoFar
from arboris_desktop.writing.context.sections import PIECES
from arboris_desktop.writing.context.selection import CountTokens, Selection
from arboris_desktop.writing.context.wording import HEADINGS


@record
class ContextReport:
    """The selected pieces, in the order in which the model reads them, and the others.

    ``tokens`` is the length of the whole including headings, ``budget`` its limit.
    """

    language: Language
    items: tuple[ContextItem, ...]
    left_out: tuple[ContextItem, ...]
    tokens: int
    budget: int

    def sections(self) -> Iterator[tuple[ItemKind, tuple[ContextItem, ...]]]:
        """The selected pieces, by kind."""
        for kind, items in groupby(self.items, key=lambda item: item.kind):
            yield kind, tuple(items)

    def as_text(self, *kinds: ItemKind) -> str:
        """Returns the context as it stands in the prompt, or only the sections of some kinds."""
        return "\n\n".join(
            f"## {HEADINGS[self.language][kind]}\n" + "\n".join(item.text for item in items)
            for kind, items in self.sections()
            if not kinds or kind in kinds
        )


def _own_names(book: BookSoFar) -> dict[int, str]:
    """The author's labels of chapters that are not numbered in the usual way."""
    notes = (*book.notes, *book.following)
    return {note.number: note.label or note.title for note in notes if note.label is not None}


def _named(item: ContextItem, names: Mapping[int, str]) -> ContextItem:
    """Returns the piece with the author's label for the chapter that its reason names."""
    name = names.get(item.reason.number)
    return item if name is None else replace(item, reason=replace(item.reason, chapter=name))


def build_context(book: BookSoFar, budget: int, count_tokens: CountTokens) -> ContextReport:
    """The context of a chapter, at most ``budget`` tokens by ``count_tokens``."""
    names = _own_names(book)
    pieces = {
        kind: [_named(_chosen(item, book), names) for item in make(book)]
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


def _chosen(item: ContextItem, book: BookSoFar) -> ContextItem:
    choice = book.choices.get((item.kind, item.key))
    return item if choice is None else replace(item, choice=choice)
