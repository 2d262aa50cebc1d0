"""The remains of an author's typing after a kill, read from the database file itself."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults.invariants import Snapshot
from tests.faults.kill_typing import KEY_LOG, TITLE, letter
from tests.faults.stage import Round, Running

TYPING_SECONDS = 2.0
"""No more of the typing is lost, whatever its rhythm, as the docs promise."""

KEYS = 120
"""So many keys make the phase: six seconds without a pause."""

_CHAPTER = (
    "SELECT v.content FROM chapters c JOIN novel_projects p ON p.id = c.project_id"
    " JOIN chapter_versions v ON v.id = c.selected_version_id WHERE p.title = ?"
)
_STORED = {
    "chapter": _CHAPTER,
    "continuation": _CHAPTER,
    "outline": "SELECT o.summary FROM chapter_outlines o"
    " JOIN novel_projects p ON p.id = o.project_id WHERE p.title = ?",
    "blueprint": "SELECT b.full_synopsis FROM novel_blueprints b"
    " JOIN novel_projects p ON p.id = b.project_id WHERE p.title = ?",
}


def type_into(field: str) -> Callable[[Round], Running]:
    """Starts the window in which somebody types into a field."""

    def start(this: Round) -> Running:
        this.typed_into = field
        return this.start(field, module="tests.faults.kill_typing")

    return start


def keys_pressed(this: Round) -> list[float]:
    """The time at which each key was pressed."""
    log = this.paths.home / KEY_LOG
    # The last line may not be whole yet.
    lines = log.read_text("ascii").splitlines(keepends=True) if log.exists() else []
    return [float(line) for line in lines if line.endswith("\n")]


def typing_begun(this: Round) -> bool:
    """True once the first key was pressed."""
    return bool(keys_pressed(this))


def typing_ended(this: Round) -> bool:
    """True once as many keys were pressed as make the phase."""
    return len(keys_pressed(this)) >= KEYS or not this.running[-1].alive()


def _saved(this: Round, seen: Snapshot) -> str:
    return seen.value(_STORED[this.typed_into], TITLE) or ""


def typed_left(this: Round, seen: Snapshot) -> str:
    """The remains after the kill, in words."""
    return "part saved" if _saved(this, seen) else "nothing saved yet"


def typed_lost_seconds(this: Round, seen: Snapshot) -> float | None:
    """The age of the oldest key that is not in the database."""
    if not this.typed_into:
        return None
    lost = keys_pressed(this)[len(_saved(this, seen)) :]
    return max(0.0, this.killed_at - lost[0]) if lost else 0.0


def bad_typing(this: Round, seen: Snapshot) -> list[str]:
    """Checks that the saved text is the beginning of the typed one, and recent."""
    saved = _saved(this, seen)
    found = []
    if saved != "".join(map(letter, range(len(saved)))):
        found.append(f"what is saved is no beginning of what was typed: {saved!r}")
    lost = typed_lost_seconds(this, seen) or 0.0
    if lost > TYPING_SECONDS + this.starved:
        found.append(f"{lost:.2f} s of the typing are lost")
    return found
