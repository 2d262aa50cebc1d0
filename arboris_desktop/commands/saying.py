"""Words and data of a command: JSON on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arboris_desktop.domain.errors import ErrorKind
    from arboris_desktop.tasks.worker import TaskOutcome


def print_json(data: object) -> None:
    """Prints what a script reads."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def tell(line: str) -> None:
    """Tells the reader something that no script needs; a closed terminal is no reason to stop."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{line}\n")


def fail(reason: str, code: int) -> int:
    """Tells why it failed, and returns the exit code that goes with it."""
    tell(f"arboris-desktop: {reason}")
    return code


def words(kind: ErrorKind) -> str:
    """An error's kind for the command line."""
    return kind.value.replace("_", " ")


def tell_outcome(outcome: TaskOutcome) -> None:
    """Tells how a task ended."""
    reason = f": {words(outcome.error)}: {outcome.message}" if outcome.error else ""
    tell(f"task {outcome.task_id} {outcome.kind.value}{reason}")
