"""Opening a novel asks the database as often for twenty thousand chapters as for ten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels
from tests.benchmarks.large_novel import add_large_novel
from tests.support.statements import counted

Read = Callable[[Database, str], object]


@pytest.mark.parametrize(
    "read",
    [
        lambda database, project_id: Novels(database).open(project_id),
        lambda database, project_id: Codex(database).overview(project_id),
        lambda database, _project_id: Novels(database).all(),
    ],
    ids=["novel", "codex", "all novels"],
)
def test_the_number_of_statements_does_not_grow_with_the_chapters(
    database: Database, read: Read
) -> None:
    few, many = add_large_novel(database, 3), add_large_novel(database, 60)
    with counted(database) as of_few:
        read(database, few)
    with counted(database) as of_many:
        read(database, many)
    assert 0 < len(of_few) == len(of_many) < 10
