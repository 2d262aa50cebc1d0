"""Moments at which a process is killed: each phase of the work, seen from outside.

A phase begins with an event that shows outside the process (a request, a row, a file) and ends
with another. How long it lasts is measured; the kill comes at a random moment of that time.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass

from arboris_desktop.storage.engine.migrate import HEAD
from tests.faults.invariants import Snapshot, half_migrated
from tests.faults.kill_book import STEPS
from tests.faults.kill_model import DRAFT, Asked, Pace
from tests.faults.kill_proposals import (
    ask_for_proposal,
    bad_proposal,
    proposal_begun,
    proposal_left,
    proposal_sent,
    slow_proposal,
)
from tests.faults.kill_templates import (
    ANALYSIS,
    EDITING,
    IMPORTED,
    OLD,
    WRITING,
    half_imported,
    old_rows,
)
from tests.faults.kill_typed import bad_typing, type_into, typed_left, typing_begun, typing_ended
from tests.faults.stage import Round, Running

STEP_PACE = Pace(seconds=0.02, pieces=5)
DRAFT_PACE = Pace(seconds=0.06, pieces=50)
"""A chapter takes three seconds, so that a kill finds no draft, a fresh or an older one."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One place to be killed at.

    ``prepare`` sets the model's pace and draws which request or chapter the round is about.
    ``begins`` and ``ends`` look at the round from outside. ``found`` names what the kill left;
    ``hits`` are the names that prove that the kill met the phase (empty: being killed before the
    end is proof enough). ``wrong`` are violations that only this phase can have.
    """

    name: str
    template: str
    start: Callable[[Round], Running]
    begins: Callable[[Round], bool]
    ends: Callable[[Round], bool]
    found: Callable[[Round, Snapshot], str]
    hits: frozenset[str] = frozenset()
    prepare: Callable[[Round], None] = lambda _round: None
    wrong: Callable[[Round, Snapshot], list[str]] = lambda _round, _seen: []
    signal: signal.Signals = signal.SIGKILL


# --- what is started ---


def _write(this: Round) -> Running:
    return this.start("write", this.expected.project_id, "--chapter", str(_new_chapter(this)))


def _auto_draft(this: Round) -> Running:
    return this.start("auto", this.expected.project_id, "--past-contradictions")


def _auto_candidates(this: Round) -> Running:
    how = ("--candidates", "2", "--past-contradictions")
    return this.start("auto", this.expected.project_id, *how)


def _new_chapter(this: Round) -> int:
    return this.model.writing.number


def _analyse(this: Round) -> Running:
    return this.start("analyse", "--until-empty")


def _window(this: Round) -> Running:
    """The window, offscreen, in which somebody asks for the new chapter."""
    module = "tests.faults.kill_window"
    return this.start(this.expected.project_id, str(_new_chapter(this)), module=module)


def _open_old(this: Round) -> Running:
    return this.start("status", "--json")


def _import(this: Round) -> Running:
    return this.start("import", str(this.paths.home / IMPORTED))


# --- what is drawn ---


def _slow_draft(this: Round) -> None:
    this.model.writing = this.expected.chapters[-1]
    this.model.draft_pace = DRAFT_PACE


def _quick_draft(this: Round) -> None:
    this.model.writing = this.expected.chapters[-1]


def _judged_draft(this: Round) -> None:
    """Quick candidates, but slow enough for the kill to meet the judging, too."""
    this.model.writing = this.expected.chapters[-1]
    this.model.draft_pace = Pace(seconds=0.02, pieces=10)


def _some_request(this: Round) -> None:
    this.model.step_pace = STEP_PACE
    this.drawn = this.random.randint(1, len(STEPS) * len(this.expected.before))


def _some_chapter(this: Round) -> None:
    this.drawn = this.random.randint(1, len(this.expected.before))


# --- events seen from outside ---


def draft_asked(this: Round) -> Asked | None:
    """The request for a chapter, if it came."""
    return next((asked for asked in this.model.asked if asked.step == DRAFT), None)


def _draft_begun(this: Round) -> bool:
    asked = draft_asked(this)
    return asked is not None and bool(asked.sent)


def _draft_sent(this: Round) -> bool:
    asked = draft_asked(this)
    return asked is not None and asked.finished_at is not None


def _chapter_stored(this: Round) -> bool:
    """The chapter is there and its draft is gone, which is the last thing that storing does."""
    return _process_ended(this) or this.look(_STORED, _new_chapter(this)) == 1


def _process_ended(this: Round) -> bool:
    return not this.running[-1].alive()


def _request_came(this: Round) -> bool:
    return this.model.count() >= this.drawn


def _answer_sent(this: Round) -> bool:
    """The drawn request was answered; the next may come from a task beside it, and earlier."""
    asked = this.model.asked[this.drawn - 1 : this.drawn]
    return bool(asked and asked[0].finished_at is not None) or _process_ended(this)


def _last_answer_sent(this: Round) -> bool:
    last = [a for a in this.model.asked if a.step == STEPS[-1] and a.finished_at is not None]
    return len(last) >= this.drawn


def _all_steps_stored(this: Round) -> bool:
    return _count(this.look(_WITH_ALL_STEPS, len(STEPS))) >= this.drawn


def _completed(this: Round) -> bool:
    return _count(this.look(_COMPLETED)) >= this.drawn


def _copy_begun(this: Round) -> bool:
    return this.paths.backups.exists()


def _upgraded(this: Round) -> bool:
    return this.look("SELECT version_num FROM alembic_version") == HEAD


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


_WITH_ALL_STEPS = (
    "SELECT count(*) FROM pending_analysis t WHERE"
    " (SELECT count(*) FROM analysis_steps WHERE pending_analysis_id = t.id) = ?"
)
_STORED = (
    "SELECT count(*) FROM chapters c WHERE c.chapter_number = ? AND"
    " c.selected_version_id IS NOT NULL AND"
    " NOT EXISTS (SELECT 1 FROM chapter_drafts d WHERE d.chapter_id = c.id)"
)
_COMPLETED = "SELECT count(*) FROM pending_analysis WHERE status = 'completed'"
_OF_STATE = "SELECT count(*) FROM pending_analysis WHERE status = ?"


# --- what a kill left ---


def _text_left(this: Round, seen: Snapshot) -> str:
    stored, draft = seen.rows(
        "SELECT c.selected_version_id, d.content FROM chapters c"
        " LEFT JOIN chapter_drafts d ON d.chapter_id = c.id"
        " WHERE c.project_id = ? AND c.chapter_number = ?",
        this.expected.project_id,
        _new_chapter(this),
    )[0]
    if stored is not None:
        return "stored"
    if draft is None:
        return "no draft yet"
    return "whole draft" if draft == this.model.writing.text else "part as draft"


def _candidates_left(this: Round, seen: Snapshot) -> str:
    rows = candidate_rows(this, seen)
    stored = sum(version is not None for _, _, version, _ in rows)
    if any(decided is not None for *_, decided in rows):
        return "one is taken"
    parts = sum(bool(content) for _, content, version, _ in rows if version is None)
    return f"{stored} stored, {parts} in part"


def candidate_rows(this: Round, seen: Snapshot) -> list[tuple[str, str, int | None, str | None]]:
    """The status, text, version and decision of each candidate of the new chapter."""
    return seen.rows(
        "SELECT k.status, coalesce(v.content, k.content), k.version_id, k.decided_at"
        " FROM chapter_candidates k JOIN chapters c ON c.id = k.chapter_id"
        " LEFT JOIN chapter_versions v ON v.id = k.version_id"
        " WHERE c.project_id = ? AND c.chapter_number = ?",
        this.expected.project_id,
        _new_chapter(this),
    )


def _tasks_left(_this: Round, seen: Snapshot) -> str:
    return f"{seen.value(_OF_STATE, 'processing')} processing"


def _completion_left(this: Round, seen: Snapshot) -> str:
    if seen.value(_COMPLETED) >= this.drawn:
        return "completed"
    stored = seen.value(_WITH_ALL_STEPS, len(STEPS))
    return "all steps stored, not merged" if stored >= this.drawn else "last step not stored"


def _schema_left(this: Round, seen: Snapshot) -> str:
    if seen.value("SELECT version_num FROM alembic_version") == HEAD:
        return "upgraded"
    copied = any(this.paths.backups.glob("*.db"))
    return "old schema, copy whole" if copied else "old schema, copy not whole"


def _import_left(_this: Round, seen: Snapshot) -> str:
    projects = seen.value("SELECT count(*) FROM novel_projects")
    return "nothing imported" if projects == 1 else "all imported"


# --- what only one phase can have wrong ---


def _half_migrated(this: Round, seen: Snapshot) -> list[str]:
    return half_migrated(seen, old_rows(this.paths.home), HEAD)


def _half_imported(_this: Round, seen: Snapshot) -> list[str]:
    return half_imported(seen)


def _half_candidates(this: Round, seen: Snapshot) -> list[str]:
    """A candidate is whole and a version, or the beginning of what was sent and no version."""
    found = []
    for status, content, version, _ in candidate_rows(this, seen):
        whole = content == this.model.writing.text
        if version is None and not this.model.writing.text.startswith(content):
            found.append("a candidate is no beginning of what was sent")
        if version is not None and not whole:
            found.append(f"a candidate is stored with {len(content)} characters")
        if (version is not None) != (status in ("stored", "chosen")):
            found.append(f"a candidate is {status} with the version {version}")
    return found


def _not_released(this: Round, seen: Snapshot) -> list[str]:
    """A polite end puts tasks back as they were, and counts as no failure."""
    found = _bad_code(this)
    held = seen.value(_OF_STATE, "processing")
    if held:
        found.append(f"{held} tasks were not put back")
    blamed = seen.value("SELECT count(*) FROM analysis_errors")
    return [*found, f"{blamed} attempts count as failed"] if blamed else found


def _bad_code(this: Round) -> list[str]:
    code = this.running[-1].end()
    return [] if code in (0, 130) else [f"exit code {code}: {this.running[-1].words()}"]


def _bad_stop_of_write(this: Round, _seen: Snapshot) -> list[str]:
    return _bad_code(this)


PHASES = (
    Phase(
        "streaming a chapter",
        WRITING,
        _write,
        _draft_begun,
        _draft_sent,
        _text_left,
        prepare=_slow_draft,
    ),
    Phase(
        "storing a chapter",
        WRITING,
        _write,
        _draft_sent,
        _chapter_stored,
        _text_left,
        prepare=_quick_draft,
    ),
    Phase(
        "auto-run: streaming",
        WRITING,
        _auto_draft,
        _draft_begun,
        _draft_sent,
        _text_left,
        prepare=_slow_draft,
    ),
    Phase(
        "auto-run: storing",
        WRITING,
        _auto_draft,
        _draft_sent,
        _chapter_stored,
        _text_left,
        prepare=_quick_draft,
    ),
    Phase(
        "auto-run: candidates",
        WRITING,
        _auto_candidates,
        _draft_begun,
        _draft_sent,
        _candidates_left,
        prepare=_slow_draft,
        wrong=_half_candidates,
    ),
    Phase(
        "auto-run: deciding",
        WRITING,
        _auto_candidates,
        _draft_sent,
        _chapter_stored,
        _candidates_left,
        prepare=_judged_draft,
        wrong=_half_candidates,
    ),
    Phase("claiming", ANALYSIS, _analyse, Round.instance_locked, _request_came, _tasks_left),
    Phase(
        "in a step",
        ANALYSIS,
        _analyse,
        _request_came,
        _answer_sent,
        _tasks_left,
        prepare=_some_request,
    ),
    Phase(
        "completing",
        ANALYSIS,
        _analyse,
        _last_answer_sent,
        _completed,
        _completion_left,
        hits=frozenset({"all steps stored, not merged", "last step not stored"}),
        prepare=_some_chapter,
    ),
    Phase(
        "merging",
        ANALYSIS,
        _analyse,
        _all_steps_stored,
        _completed,
        _completion_left,
        hits=frozenset({"all steps stored, not merged"}),
        prepare=_some_chapter,
    ),
    Phase(
        "notifying",
        ANALYSIS,
        _analyse,
        _completed,
        _process_ended,
        _completion_left,
        prepare=_some_chapter,
    ),
    Phase(
        "migrating",
        OLD,
        _open_old,
        _copy_begun,
        _upgraded,
        _schema_left,
        hits=frozenset({"old schema, copy whole", "old schema, copy not whole"}),
        wrong=_half_migrated,
    ),
    Phase(
        "importing",
        ANALYSIS,
        _import,
        Round.instance_locked,
        _process_ended,
        _import_left,
        wrong=_half_imported,
    ),
    Phase(
        "window: streaming",
        WRITING,
        _window,
        _draft_begun,
        _draft_sent,
        _text_left,
        prepare=_slow_draft,
    ),
    Phase(
        "window: analysing",
        ANALYSIS,
        _window,
        _request_came,
        _answer_sent,
        _tasks_left,
        prepare=_some_request,
    ),
    Phase(
        "window: completing",
        ANALYSIS,
        _window,
        _last_answer_sent,
        _completed,
        _completion_left,
        hits=frozenset({"all steps stored, not merged", "last step not stored"}),
        prepare=_some_chapter,
    ),
    Phase(
        "window: continuing",
        WRITING,
        ask_for_proposal,
        proposal_begun,
        proposal_sent,
        proposal_left,
        prepare=slow_proposal,
        wrong=bad_proposal,
    ),
    *(
        Phase(
            f"typing {field}",
            EDITING,
            type_into(field.split()[-1]),
            typing_begun,
            typing_ended,
            typed_left,
            wrong=bad_typing,
        )
        for field in (
            "into a chapter",
            "before a continuation",
            "into the outline",
            "into the blueprint",
        )
    ),
    Phase(
        "SIGTERM while streaming",
        WRITING,
        _write,
        _draft_begun,
        _draft_sent,
        _text_left,
        prepare=_slow_draft,
        wrong=_bad_stop_of_write,
        signal=signal.SIGTERM,
    ),
    Phase(
        "SIGTERM in a step",
        ANALYSIS,
        _analyse,
        _request_came,
        _answer_sent,
        _tasks_left,
        prepare=_some_request,
        wrong=_not_released,
        signal=signal.SIGTERM,
    ),
)
