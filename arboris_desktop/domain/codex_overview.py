"""The whole codex of a novel at one moment, and what in it waits for the author."""

from __future__ import annotations

from arboris_desktop.domain.codex import CodexEntry, FactStatus
from arboris_desktop.domain.contradictions import Contradiction
from arboris_desktop.domain.foreshadowing import Seed, SeedState
from arboris_desktop.domain.record import record


@record
class CodexCounts:
    """Counts of what in the codex waits for the author."""

    proposed: int = 0
    low_confidence: int = 0
    to_check: int = 0
    unsupported: int = 0
    stale: int = 0
    open_alerts: int = 0
    overdue: int = 0


@record
class CodexOverview:
    """The whole codex of a novel at one moment."""

    project_id: str
    entries: tuple[CodexEntry, ...] = ()
    seeds: tuple[Seed, ...] = ()
    alerts: tuple[Contradiction, ...] = ()
    """The open ones."""

    @property
    def counts(self) -> CodexCounts:
        """Counts what waits for the author."""
        waiting = [fact for entry in self.entries for fact in entry.facts if fact.waits]
        fresh = [fact.status for fact in waiting if not fact.is_stale]
        return CodexCounts(
            proposed=fresh.count(FactStatus.PROPOSED),
            low_confidence=fresh.count(FactStatus.LOW_CONFIDENCE),
            to_check=fresh.count(FactStatus.TO_CHECK),
            unsupported=fresh.count(FactStatus.UNSUPPORTED),
            stale=len(waiting) - len(fresh),
            open_alerts=len(self.alerts),
            overdue=sum(seed.state is SeedState.OVERDUE for seed in self.seeds),
        )
