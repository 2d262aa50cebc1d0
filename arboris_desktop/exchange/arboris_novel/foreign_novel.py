"""A novel of Arboris-Novel converted to our tables while it is being read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from arboris_desktop.domain.novel import Language
from arboris_desktop.storage.portable.survey import JsonRow


@dataclass(slots=True)
class ForeignNovel:
    """A novel's rows by table, and the rest.

    ``unmapped`` counts values without a counterpart here by "table.column", or by table; they are
    kept with the novel. ``notes`` counts decisions that had to be made, by code.
    """

    title: str
    language: Language
    rows: dict[str, list[JsonRow]] = field(default_factory=lambda: defaultdict(list))
    unmapped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def of_table(self, table: str) -> Iterator[JsonRow]:
        """Returns the rows of a table."""
        return iter(self.rows.get(table, ()))

    @property
    def chapters(self) -> int:
        """The number of chapters."""
        return len(self.rows["chapters"])

    @property
    def words(self) -> int:
        """The length of the selected texts."""
        return sum(row["word_count"] for row in self.rows["chapters"])
