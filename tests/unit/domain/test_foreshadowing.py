"""The ledger of foreshadowing: where each seed stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from arboris_desktop.domain.codex import (
    CodexEntry,
    CodexFact,
    EntryKind,
    FactStatus,
    Origin,
    SeedEffect,
)
from arboris_desktop.domain.foreshadowing import PAID_OFF_IN, SeedState, ledger

PLANTED, ADVANCED, PAID_OFF = SeedEffect.PLANTED, SeedEffect.ADVANCED, SeedEffect.PAID_OFF


def fact(chapter: int, effect: SeedEffect) -> CodexFact:
    return CodexFact(
        id=chapter,
        entry_id=1,
        chapter_id=chapter,
        chapter_number=chapter,
        chapter_title="",
        version_id=chapter,
        version_revision=1,
        statement="",
        reason="",
        quotation="",
        start=0,
        end=1,
        confidence=0.9,
        status=FactStatus.ACCEPTED,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        effect=effect,
    )


def seed(*facts: CodexFact) -> CodexEntry:
    return CodexEntry(1, "p", EntryKind.FORESHADOWING, "Who lit the lamp?", facts=facts)


def test_chapters_that_nobody_has_looked_at_make_no_seed_overdue() -> None:
    entry = seed(fact(1, PLANTED))
    for due, state in ((None, SeedState.OPEN), (5, SeedState.OVERDUE)):
        (line,) = ledger([replace(entry, due_chapter=due)], 200, 10, newest_analysed=3)
        assert line.state is state


@pytest.mark.parametrize(
    ("facts", "newest", "state"),
    [
        ([fact(1, PLANTED)], 5, SeedState.OPEN),
        ([fact(1, PLANTED), fact(4, ADVANCED)], 5, SeedState.ADVANCED),
        ([fact(1, PLANTED), fact(4, PAID_OFF)], 40, SeedState.PAID_OFF),
        ([fact(1, PLANTED)], 10, SeedState.OPEN),
        ([fact(1, PLANTED)], 11, SeedState.OVERDUE),
        ([fact(1, PLANTED), fact(9, ADVANCED)], 18, SeedState.ADVANCED),
        ([fact(1, PLANTED), fact(9, ADVANCED)], 19, SeedState.OVERDUE),
    ],
)
def test_the_state_follows_from_what_the_chapters_do(
    facts: list[CodexFact], newest: int, state: SeedState
) -> None:
    (line,) = ledger([seed(*facts)], newest, overdue_after_chapters=10)

    assert line.state is state
    assert (line.planted_in, line.last_touched_in) == (1, facts[-1].chapter_number)


def test_a_due_chapter_decides_alone_when_a_seed_is_overdue() -> None:
    entry = replace(seed(fact(1, PLANTED)), due_chapter=30)

    states = [ledger([entry], newest, 10)[0].state for newest in (29, 30)]

    assert states == [SeedState.OPEN, SeedState.OVERDUE]


def test_the_authors_mark_pays_a_seed_off() -> None:
    entry = replace(seed(fact(1, PLANTED)), attributes={PAID_OFF_IN: "7"})

    (line,) = ledger([entry], 40, 10)

    assert (line.state, line.paid_off_in) == (SeedState.PAID_OFF, 7)


def test_what_does_not_count_moves_no_seed() -> None:
    rejected = replace(fact(4, PAID_OFF), status=FactStatus.REJECTED)
    stale = replace(fact(5, PAID_OFF), is_stale=True)

    (line,) = ledger([seed(fact(1, PLANTED), rejected, stale)], 6, 10)

    assert (line.state, line.paid_off_in) == (SeedState.OPEN, None)


def test_a_seed_of_the_authors_is_listed_before_any_chapter_plants_it() -> None:
    (line,) = ledger([replace(seed(), origin=Origin.AUTHOR)], 40, 10)

    assert (line.state, line.planted_in) == (SeedState.OPEN, 0)


def test_a_seed_without_any_fact_that_counts_is_left_out() -> None:
    unproven = replace(fact(1, PLANTED), status=FactStatus.UNSUPPORTED)

    assert ledger([seed(unproven)], 5, 10) == []
