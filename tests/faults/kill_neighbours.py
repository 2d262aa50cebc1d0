"""Rounds with two processes on one database: one is killed, or sleeps longer than its lease."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from arboris_desktop.tasks.supervision import LEASE
from tests.faults.kill_book import STEPS
from tests.faults.kill_phases import STEP_PACE
from tests.faults.kill_result import Found
from tests.faults.stage import BrokenRoundError, Round, Running

_OWNED_BY = "SELECT count(*) FROM pending_analysis WHERE status = 'processing'"


def kill_one_of_two(this: Round) -> Found:
    """Two processes work one queue and one dies; the other does the rest without a restart."""
    this.model.step_pace = STEP_PACE
    askers = ("first", "second")
    both = [this.start("analyse", "--until-empty", asker=asker) for asker in askers]
    victim = this.random.randrange(2)
    after = this.random.randint(1, len(STEPS) * len(this.expected.before) - 1)
    this.model.until(lambda: this.model.count() >= after, both[victim].alive)
    time.sleep(this.random.uniform(0.0, 0.1))
    alive = both[victim].alive()
    both[victim].send(signal.SIGKILL)
    both[victim].end()
    cut = {(a.chapter, a.step) for a in this.model.unfinished() if a.asker == askers[victim]}
    with this.autopsy() as seen:
        held = int(seen.value(_OWNED_BY))
    code = both[1 - victim].end()
    problems = [] if code == 0 else [f"the survivor: {code}, {both[1 - victim].words()}"]
    problems += _asked_by_both(this, askers[victim])
    what = f"{len(cut)} requests cut, {held} processing" if alive else "the victim had ended"
    return Found(what, hit=alive and held > 0, problems=problems)


def _asked_by_both(this: Round, victim: str) -> list[str]:
    """A step that the survivor asked again although the victim had the whole answer.

    One step may have been cut between its answer and its checkpoint, so one for each task that
    the victim worked is allowed.
    """
    whole = {(a.chapter, a.step) for a in this.model.asked if a.asker == victim and a.finished_at}
    again = {(a.chapter, a.step) for a in this.model.asked if a.asker != victim} & whole
    chapters = [chapter for chapter, _ in again]
    return [f"chapter {c} was analysed twice" for c in set(chapters) if chapters.count(c) > 1]


def sleep_with_aged_lease(this: Round) -> Found:
    """As ``sleep_past_lease``, but the lease is set into the past instead of waited for."""
    return _sleep(this, _age_leases)


def sleep_past_lease(this: Round) -> Found:
    """A process is stopped for longer than its lease, another takes over, the first wakes."""
    return _sleep(this, lambda _this: time.sleep(LEASE.total_seconds() + 1))


def _age_leases(this: Round) -> None:
    this.change(
        "UPDATE pending_analysis SET lease_expires_at = '2020-01-01 00:00:00.000000'"
        " WHERE status = 'processing'"
    )


def _sleep(this: Round, lease_runs_out: Callable[[Round], None]) -> Found:
    this.model.step_pace = STEP_PACE
    this.model.hold(this.random.randint(1, len(STEPS) * len(this.expected.before)))
    held_at = this.model.hold_at
    sleeper = this.start("analyse", "--until-empty", asker="sleeper")
    if not this.model.until(lambda: this.model.count() >= held_at, sleeper.alive):
        raise BrokenRoundError(f"the sleeper ended early: {sleeper.words()}")
    time.sleep(this.random.uniform(0.0, 0.1))
    sleeper.send(signal.SIGSTOP)
    with this.autopsy() as seen:
        held = int(seen.value(_OWNED_BY))
    lease_runs_out(this)
    problems = _take_over(this)
    problems += _wake(this, sleeper)
    return Found(f"{held} processing at the stop", hit=held > 0, problems=problems)


def _take_over(this: Round) -> list[str]:
    """Another process does all the rest; returns what went wrong with it."""
    this.model.hold_at = 0
    other = this.start("analyse", "--until-empty", asker="other")
    code = other.end()
    return [] if code == 0 else [f"who took over: {code}, {other.words()}"]


def _wake(this: Round, sleeper: Running) -> list[str]:
    """The sleeper wakes, gets its answer, and must change nothing but the ledger: what it had asked
    before it slept is paid for, whoever does the work."""
    with this.autopsy() as seen:
        before = seen.dump()
    if this.random.random() < 0.5:
        this.model.release()
    sleeper.send(signal.SIGCONT)
    code = sleeper.end()
    problems = [] if code == 0 else [f"the woken sleeper: {code}, {sleeper.words()}"]
    with this.autopsy() as seen:
        changed = {line for line in set(before) ^ set(seen.dump()) if not _is_paid(line)}
    return problems + [f"the woken sleeper changed: {line[:200]}" for line in sorted(changed)]


def _is_paid(line: str) -> bool:
    """True for the ledger's row of a call that the sleeper had begun, for the sum of which it is
    part, and for the places that its calls have, and give back."""
    is_call = line.startswith('INSERT INTO "model_calls" ') and "'sleeper'" in line
    is_sum = line.startswith('INSERT INTO "call_totals" ') and "'sleeper'" in line
    return is_call or is_sum or line.startswith('INSERT INTO "call_places" ')
