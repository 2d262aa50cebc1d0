"""Output of a command: JSON on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arboris_desktop.domain.errors import ErrorKind
    from arboris_desktop.domain.rescue import RescuedText, UnsavedTextError
    from arboris_desktop.tasks.outcome import TaskOutcome


def print_json(data: object) -> None:
    """Prints data for scripts."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def tell(line: str) -> None:
    """Prints a message for the user; a closed terminal is no reason to stop."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{line}\n")


def fail(reason: str, code: int) -> int:
    """Prints the reason of a failure, and returns the exit code for it."""
    tell(f"arboris-desktop: {reason}")
    return code


def words(kind: ErrorKind) -> str:
    """Returns an error's kind for the command line."""
    return kind.value.replace("_", " ")


def tell_outcome(outcome: TaskOutcome) -> None:
    """Prints how a task ended."""
    reason = f": {words(outcome.error)}: {outcome.message}" if outcome.error else ""
    tell(f"task {outcome.task_id} {outcome.kind.value}{reason}")


def hand_over(error: UnsavedTextError, *, as_json: bool = False, is_printed: bool = False) -> None:
    """Prints where an unsaved text is kept, or the text itself if it is nowhere."""
    for each in error.texts:
        chapter = f"chapter {each.rescued.number}"
        if each.file is not None:
            tell(f"{chapter} is not stored; its text is put aside in {each.file}")
        elif is_printed:
            tell(f"{chapter} is not stored, nor put aside: what is printed above is all there is")
        else:
            tell(f"{chapter} is not stored, nor put aside: here is its text")
            if as_json:
                print_json({"chapter": each.rescued.number, "text": each.rescued.text})
            else:
                print(each.rescued.text)


def tell_put_back(texts: list[RescuedText]) -> None:
    """Reports texts of an earlier command or window that have been stored by now."""
    for each in texts:
        tell(f"what was put aside of chapter {each.number} is stored now")
