"""A proposal for the text at the author's cursor, and what a kill leaves of it."""

from __future__ import annotations

from tests.faults.invariants import CHECKPOINT_SECONDS, LATE_SECONDS, Snapshot
from tests.faults.kill_model import PROPOSAL, Asked, Pace
from tests.faults.stage import Round, Running

_PACE = Pace(seconds=0.06, pieces=50)
_KEPT = (
    "SELECT json_extract(k.content, '$.text') FROM kept_answers k"
    " JOIN chapters c ON c.id = k.chapter_id WHERE c.project_id = ? AND c.chapter_number = 1"
)


def ask_for_proposal(this: Round) -> Running:
    """Starts the window, in which somebody asks how the first chapter could go on."""
    return this.start(this.expected.project_id, "1", "continue", module="tests.faults.kill_window")


def slow_proposal(this: Round) -> None:
    """Makes the proposal long, and its coming slow."""
    this.model.proposal = this.expected.chapters[-1].text
    this.model.draft_pace = _PACE


def _asked(this: Round) -> Asked | None:
    return next((asked for asked in this.model.asked if asked.step == PROPOSAL), None)


def proposal_begun(this: Round) -> bool:
    """True when the first words were sent."""
    asked = _asked(this)
    return asked is not None and bool(asked.sent)


def proposal_sent(this: Round) -> bool:
    """True when all of it was sent."""
    asked = _asked(this)
    return asked is not None and asked.finished_at is not None


def _kept(this: Round, seen: Snapshot) -> str:
    return seen.value(_KEPT, this.expected.project_id) or ""


def proposal_left(this: Round, seen: Snapshot) -> str:
    """Names what the kill left."""
    kept = _kept(this, seen)
    if not kept:
        return "nothing kept yet"
    return "all kept" if kept == this.model.proposal else "part kept"


def bad_proposal(this: Round, seen: Snapshot) -> list[str]:
    """Finds a kept proposal that is not what was sent, too old, or not offered again."""
    kept, asked = _kept(this, seen), _asked(this)
    found = []
    if not this.model.proposal.startswith(kept):
        found.append("the kept proposal is no beginning of what was sent")
    lost = [at for at, out in asked.sent if out > len(kept)] if asked else []
    seconds = max(0.0, this.killed_at - lost[0]) if lost else 0.0
    if seconds > CHECKPOINT_SECONDS + LATE_SECONDS + this.starved:
        found.append(f"{seconds:.2f} s of the proposal are lost")
    with this.services() as services:
        chapter = services.novels.open(this.expected.project_id).chapters[0]
        waiting = services.continuing.waiting(chapter.id)
    if (waiting.text if waiting else "") != kept:
        found.append("what was kept is not offered again")
    return found
