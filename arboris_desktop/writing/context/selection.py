"""Selecting pieces within a budget: shares for each kind first, then what is left over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from arboris_desktop.domain.context import ContextChoice, ContextItem, ItemKind, LeftOut
from arboris_desktop.domain.record import record
from arboris_desktop.text.prose import tail, whole_sentences

CountTokens = Callable[[str], int]

_SHORTEST_CHARACTERS = 60
"""Tokens; a shorter excerpt says nothing."""


@record
class Rule:
    """The guaranteed share of a kind in the budget, and its largest number of pieces.

    ``cut`` shortens a long text to a number of characters, if that makes sense. ``in_a_row``
    forbids gaps between the pieces.
    """

    share: float
    most: int
    cut: Callable[[str, int], str] | None = None
    in_a_row: bool = False


def _beginning(text: str, characters: int) -> str:
    return whole_sentences(text[:characters])


RULES: Mapping[ItemKind, Rule] = {
    # In the order in which they get what is left over.
    ItemKind.PREVIOUS_END: Rule(0.22, 1, tail),
    ItemKind.CODEX: Rule(0.18, 16),
    ItemKind.GUIDE: Rule(0.10, 8, _beginning),
    ItemKind.BLUEPRINT: Rule(0.08, 6, _beginning),
    ItemKind.VOLUME_SUMMARY: Rule(0.06, 3, tail),
    ItemKind.BOOK_SUMMARY: Rule(0.06, 3, tail),
    ItemKind.SEED: Rule(0.06, 10),
    ItemKind.CHAPTER_SUMMARY: Rule(0.10, 40, in_a_row=True),
    # No more than an early chapter can have, so that a late one is told no more.
    ItemKind.PASSAGE: Rule(0.10, 4),
    ItemKind.NEXT_PLAN: Rule(0.04, 2, _beginning),
}
_ROUNDS = (1.0, 2.0, 4.0, 100.0)
"""Multiples of its share that a kind may take in each round, as long as there is room."""


class Selection:
    """Fills a budget. ``headings`` holds the tokens of the heading of each kind."""

    def __init__(
        self, budget: int, count_tokens: CountTokens, headings: Mapping[ItemKind, int]
    ) -> None:
        self._budget = budget
        self._count = count_tokens
        self._headings = headings
        self._taken: dict[ItemKind, list[ContextItem]] = {kind: [] for kind in RULES}
        self._left_out: list[ContextItem] = []
        self.remaining = budget

    def choose(self, pieces: Mapping[ItemKind, Sequence[ContextItem]]) -> None:
        """Takes what the author pinned, then each kind up to its share, then whatever still
        fits."""
        waiting = {kind: list(pieces.get(kind, ())) for kind in RULES}
        for kind, items in waiting.items():
            waiting[kind] = self._set_apart_excluded(items)
        for kind, items in waiting.items():
            pinned = [item for item in items if item.choice is ContextChoice.PINNED]
            missed = self._take(kind, pinned, self._budget)
            waiting[kind] = missed + [item for item in items if item not in pinned]
        for times in _ROUNDS:
            for kind, items in waiting.items():
                limit = int(self._budget * min(RULES[kind].share * times, 1.0))
                self._lengthen(kind, pieces[kind], limit)
                waiting[kind] = self._take(kind, items, limit)
        for kind, items in waiting.items():
            enough = len(self._taken[kind]) >= RULES[kind].most
            reason = LeftOut.ENOUGH if enough else LeftOut.NO_ROOM
            for item in items:
                self._leave_out(item, reason)

    def taken(self) -> list[ContextItem]:
        """Returns the selected pieces, in reading order."""
        return [item for kind in ItemKind for item in sorted(self._taken[kind], key=_place)]

    def left_out(self) -> list[ContextItem]:
        """Returns the pieces that were not selected, by kind."""
        order = list(ItemKind)
        return sorted(self._left_out, key=lambda item: order.index(item.kind))

    def _leave_out(self, item: ContextItem, reason: LeftOut) -> None:
        tokens = self._count(item.text) + 1
        self._left_out.append(replace(item, tokens=tokens, left_out=reason))

    def _set_apart_excluded(self, items: Iterable[ContextItem]) -> list[ContextItem]:
        kept = []
        for item in items:
            if item.choice is ContextChoice.EXCLUDED:
                self._leave_out(item, LeftOut.EXCLUDED)
            else:
                kept.append(item)
        return kept

    def _take(self, kind: ItemKind, items: Sequence[ContextItem], limit: int) -> list[ContextItem]:
        """Takes items until the kind has ``limit`` tokens; returns those not taken."""
        missed: list[ContextItem] = []
        rule = RULES[kind]
        for item in items:
            full = len(self._taken[kind]) >= rule.most and item.choice is not ContextChoice.PINNED
            if full or (missed and rule.in_a_row) or not self._add(kind, item, limit):
                missed.append(item)
        return missed

    def _add(self, kind: ItemKind, item: ContextItem, limit: int) -> bool:
        heading = 0 if self._taken[kind] else self._headings[kind]
        room = min(limit - self._used(kind), self.remaining) - heading
        fitting = self._fitted(item, room)
        if fitting is None:
            return False
        self._taken[kind].append(fitting)
        self.remaining -= fitting.tokens + heading
        return True

    def _used(self, kind: ItemKind) -> int:
        return sum(each.tokens for each in self._taken[kind])

    def _lengthen(self, kind: ItemKind, whole: Sequence[ContextItem], limit: int) -> None:
        """Restores as much of shortened items as fits."""
        originals = {item.key: item for item in whole}
        for place, item in enumerate(self._taken[kind]):
            if item.is_shortened:
                more = min(self.remaining, limit - self._used(kind))
                longer = self._fitted(originals[item.key], item.tokens + more)
                if longer is not None and longer.tokens > item.tokens:
                    self._taken[kind][place] = longer
                    self.remaining -= longer.tokens - item.tokens

    def _fitted(self, item: ContextItem, room: int) -> ContextItem | None:
        """Returns the item with its length, shortened if necessary; ``None`` if it does not fit."""
        tokens = self._count(item.text) + 1
        if tokens <= room:
            return replace(item, tokens=tokens)
        cut = RULES[item.kind].cut
        characters = len(item.text)
        while cut is not None and room > 0:
            characters = min(int(characters * room / tokens), characters - 1)
            text = cut(item.text, characters).strip()
            if len(text) < _SHORTEST_CHARACTERS:
                break
            tokens = self._count(text) + 1
            if tokens <= room:
                return replace(item, text=text, tokens=tokens, is_shortened=True)
        return None


def _place(item: ContextItem) -> int:
    """Sorts chapters and passages in the order of the book, and the rest as selected."""
    return item.first
