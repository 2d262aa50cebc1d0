"""Opening a novel of very many chapters in the real window."""

from __future__ import annotations

from collections.abc import Iterator

from arboris_desktop.domain.settings import ProviderSettings
from arboris_desktop.storage.database import Database
from tests.benchmarks.books import empty_home
from tests.benchmarks.figures import Budget, Figure
from tests.benchmarks.large_novel import add_large_novel
from tests.benchmarks.processes import play


def measure(runs: int, *, chapters: int = 20_000) -> Iterator[Figure]:
    """From the request until a chapter is shown, and the longest gap of the loop meanwhile."""
    opened, gaps = [], []
    with empty_home() as paths:
        database = Database(paths)
        add_large_novel(database, chapters)
        with database.write() as transaction:
            transaction.settings.set(ProviderSettings(configured=True))
        database.close()
        for _ in range(runs):
            found = play("large", {"ARBORIS_HOME": str(paths.home)})
            opened += found["opened"]
            gaps.append(max(found["gaps"]))
    yield Figure(f"open a novel of {chapters:,} chapters", "s", tuple(opened), Budget(2))
    yield Figure("longest gap of the loop meanwhile", "ms", tuple(gaps))
