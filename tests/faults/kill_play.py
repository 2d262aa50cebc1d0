"""Playing a round: kill in the phase, look at what is left, restart, work to the end, check."""

from __future__ import annotations

import time

from arboris_desktop.storage.engine.migrate import HEAD
from tests.faults.invariants import (
    Snapshot,
    bad_backups,
    bad_drafts,
    half_finished,
    half_migrated,
    half_stored,
    unsettled,
    unsound,
)
from tests.faults.kill_model import Pace
from tests.faults.kill_phases import Phase, candidate_rows, draft_asked
from tests.faults.kill_result import Found
from tests.faults.kill_templates import OLD_MARK, half_imported, old_rows
from tests.faults.kill_typed import typed_lost_seconds
from tests.faults.stage import BrokenRoundError, Round


def measure(this: Round, phase: Phase) -> float:
    """The seconds that the phase lasts when nobody is killed."""
    phase.prepare(this)
    running = phase.start(this)
    if not this.until(lambda: phase.begins(this), running):
        raise BrokenRoundError(f"{phase.name} never began: {running.words()}")
    begun = time.monotonic()
    this.until(lambda: phase.ends(this), running)
    return time.monotonic() - begun


def kill_in(this: Round, phase: Phase, window: float) -> Found:
    """Starts the phase's process and kills it at a random moment of the window."""
    phase.prepare(this)
    running = phase.start(this)
    if not this.until(lambda: phase.begins(this), running):
        raise BrokenRoundError(f"{phase.name} never began: {running.words()}")
    starved = running.starved()
    time.sleep(this.random.uniform(0.0, window))
    this.starved = max(0.0, running.starved() - starved)
    over, alive = phase.ends(this), running.alive()
    now = this.killed_at = time.monotonic()
    running.send(phase.signal)
    running.end()
    with this.autopsy() as seen:
        found = Found(phase.found(this, seen), hit=alive and not over)
        found.hit = found.hit and (not phase.hits or found.what in phase.hits)
        found.lost_seconds = _lost_seconds(this, seen, now)
        found.typed_lost_seconds = typed_lost_seconds(this, seen)
        found.problems += phase.wrong(this, seen)
        found.problems += after_kill(this, seen, found.lost_seconds)
    return found


def _lost_seconds(this: Round, seen: Snapshot, killed_at: float) -> float | None:
    """The age of the oldest sent piece that is neither in the draft nor in the chapter."""
    asked = draft_asked(this)
    stored = "SELECT selected_version_id FROM chapters WHERE project_id = ? AND chapter_number = ?"
    chapter = (this.expected.project_id, this.model.writing.number)
    if asked is None or seen.value(stored, *chapter) is not None:
        return None
    draft = (
        "SELECT d.content FROM chapter_drafts d JOIN chapters c ON c.id = d.chapter_id"
        " WHERE c.project_id = ? AND c.chapter_number = ?"
    )
    saved = len(seen.value(draft, *chapter) or "")
    if candidates := [content for _, content, _, _ in candidate_rows(this, seen)]:
        saved = min(map(len, candidates))
    lost = [at for at, out in asked.sent if out > saved and at <= killed_at]
    return killed_at - lost[0] if lost else 0.0


def after_kill(this: Round, seen: Snapshot, lost_seconds: float | None = None) -> list[str]:
    """Checks what must hold at any moment, however a process ended."""
    return [
        *unsound(seen),
        *half_stored(seen, this.expected),
        *bad_drafts(seen, this.expected, lost_seconds, this.starved),
        *half_finished(seen, this.expected),
        *half_imported(seen),
        *_old_problems(this, seen),
    ]


def _old_problems(this: Round, seen: Snapshot) -> list[str]:
    """Violations of the copy made before an upgrade, in a round that has one."""
    if not _is_old(this):
        return []
    upgraded = seen.value("SELECT version_num FROM alembic_version") == HEAD
    return bad_backups(this.paths.backups, old_rows(this.paths.home), wanted=upgraded)


def _is_old(this: Round) -> bool:
    return (this.paths.home / OLD_MARK).exists()


def work_to_the_end(this: Round) -> list[str]:
    """Restarts what was killed, lets the queue run dry, and returns what is wrong then."""
    with this.autopsy() as seen:
        done = _paid_steps(this, seen)
        drafts = _drafts(this, seen)
        stored = _stored(this, seen)
        is_auto = "auto_runs" in seen.tables() and bool(seen.value(_AUTO_RUNS, "running"))
        begun = [content for _, content, *_ in candidate_rows(this, seen)] if is_auto else []
    asked_before = this.model.count()
    problems = _upgrade(this) if _is_old(this) else []
    if is_auto:
        _go_on_with_run(this, [*begun, *drafts.values()])
        stored |= {this.model.writing.number}
    for chapter in this.expected.chapters:
        if chapter.number not in stored:
            _write_again(this, chapter.number, drafts.get(chapter.number))
    this.run("analyse", "--until-empty")
    again = {(a.chapter, a.step) for a in this.model.asked[asked_before:]} & done
    with this.autopsy() as seen:
        problems += after_kill(this, seen) + unsettled(seen, this.expected)
        problems += _unfinished_runs(this, seen) if is_auto else []
    problems += [f"step {step} of chapter {n} was stored, and asked again" for n, step in again]
    return problems + this.blocked()


_AUTO_RUNS = "SELECT count(*) FROM auto_runs WHERE status = ?"


def _go_on_with_run(this: Round, begun: list[str]) -> None:
    """Does what an author does with a run that a crash ended: it goes on with what was begun."""
    this.model.draft_pace = Pace()
    this.model.begun = tuple(one for one in begun if one.strip())
    this.run("auto", this.expected.project_id, "--continue")


def _unfinished_runs(this: Round, seen: Snapshot) -> list[str]:
    """The run is at its end, and each of its candidates is whole, one round of them in all."""
    rows = candidate_rows(this, seen)
    found = [] if seen.value(_AUTO_RUNS, "completed") == 1 else ["the run is not completed"]
    if rows and sorted(status for status, *_ in rows) != ["chosen", "stored"]:
        found.append(f"the candidates are {[status for status, *_ in rows]}")
    if any(content != this.model.writing.text for _, content, *_ in rows):
        found.append("a candidate is not what the server sent")
    return found


def _upgrade(this: Round) -> list[str]:
    """Opens a database of the older schema, which upgrades it and must keep every row."""
    this.run("status", "--json")
    with this.autopsy() as seen:
        problems = half_migrated(seen, old_rows(this.paths.home), HEAD)
        if seen.value("SELECT version_num FROM alembic_version") != HEAD:
            problems.append("the restart did not upgrade the database")
    return problems


def _paid_steps(this: Round, seen: Snapshot) -> set[tuple[int, str]]:
    query = (
        "SELECT c.chapter_number, s.step FROM analysis_steps s"
        " JOIN pending_analysis t ON t.id = s.pending_analysis_id"
        " JOIN chapters c ON c.id = t.chapter_id WHERE t.project_id = ?"
    )
    return {(row[0], row[1]) for row in seen.rows(query, this.expected.project_id)}


def _drafts(this: Round, seen: Snapshot) -> dict[int, str]:
    query = (
        "SELECT c.chapter_number, d.content FROM chapter_drafts d"
        " JOIN chapters c ON c.id = d.chapter_id WHERE c.project_id = ?"
    )
    return dict(seen.rows(query, this.expected.project_id))


def _stored(this: Round, seen: Snapshot) -> set[int]:
    query = (
        "SELECT chapter_number FROM chapters"
        " WHERE project_id = ? AND selected_version_id IS NOT NULL"
    )
    return {row[0] for row in seen.rows(query, this.expected.project_id)}


def _write_again(this: Round, number: int, draft: str | None) -> None:
    """Does with the draft what an author may do: continue, keep (if it is whole) or discard."""
    this.model.writing = this.expected.chapter(number)
    this.model.draft_pace = Pace()
    whole = draft == this.model.writing.text
    choice = this.random.choice(("keep" if whole else "continue", "discard"))
    if choice == "keep":
        with this.services() as services:
            [left] = services.drafting.left_behind()
            services.drafting.keep(left.chapter_id)
        return
    this.model.prefix = (draft or "") if choice == "continue" else ""
    how = () if draft is None else ("--draft", choice)
    this.run("write", this.expected.project_id, "--chapter", str(number), *how)
