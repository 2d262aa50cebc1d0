"""What was chosen for a chapter's context, and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from arboris_desktop.domain.context import ContextItem, ItemKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.writing.context.wording import HEADINGS


@dataclass(frozen=True, slots=True)
class ContextReport:
    """The pieces that are told, in the order in which the model reads them, and the others.

    ``tokens`` is the length of the whole, headings included, ``budget`` what it could have been.
    """

    language: Language
    items: tuple[ContextItem, ...]
    left_out: tuple[ContextItem, ...]
    tokens: int
    budget: int

    def sections(self) -> Iterator[tuple[ItemKind, tuple[ContextItem, ...]]]:
        """What is told, by kind."""
        for kind, items in groupby(self.items, key=lambda item: item.kind):
            yield kind, tuple(items)

    def as_text(self, *kinds: ItemKind) -> str:
        """The context as it stands in the prompt, or only the sections of some kinds."""
        return "\n\n".join(
            f"## {HEADINGS[self.language][kind]}\n" + "\n".join(item.text for item in items)
            for kind, items in self.sections()
            if not kinds or kind in kinds
        )
