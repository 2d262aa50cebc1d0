"""Running a command: converting errors and signals to an exit code."""

from __future__ import annotations

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.output import fail, hand_over, words
from arboris_desktop.commands.termination import STOPPED, Termination

if TYPE_CHECKING:
    from arboris_desktop.domain.errors import ArborisError

CommandRun = Callable[[Namespace, Termination], int]
"""Does what the options ask for, and returns the exit code."""

_READER_GONE = (errno.EPIPE, errno.EIO)
"""Errors of writing to an output without a reader: a broken pipe, a closed terminal."""


def run_command(run: CommandRun, options: Namespace) -> int:
    """Runs the command and returns its exit code; an error is one line on standard error."""
    from arboris_desktop.domain.errors import ArborisError

    try:
        with Termination() as ending:
            code = run(options, ending)
        sys.stdout.flush()
        return code
    except ArborisError as error:
        return _failed(error, as_json=getattr(options, "json", False))
    except KeyboardInterrupt as interruption:
        _drop_half_made(interruption)
        return _stopped()
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _READER_GONE:
            _drop_output()
            reason = "nobody reads the output any more; what a chapter had is kept as a draft"
            return fail(reason, 1)
        if _is_of_interruption(error):
            _drop_half_made(error)
            return _stopped()
        import traceback  # Imported only when needed, since start-up time counts.

        # Only the location: the text of a foreign error might contain a key.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return fail(f"internal error: {type(error).__name__} in {where}", 1)


def _failed(error: ArborisError, *, as_json: bool) -> int:
    from arboris_desktop.commands.advice import TO_DO
    from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
    from arboris_desktop.domain.rescue import UnsavedTextError

    if isinstance(error, UnsavedTextError):
        hand_over(error, as_json=as_json)
    if isinstance(error, NotFoundError):
        return fail(str(error), 1)
    # Nothing is wrong with the command if another one is writing the chapter.
    if isinstance(error, RuleError) and error.kind is not ErrorKind.CHAPTER_BUSY:
        return fail(str(error), 2)
    to_do = TO_DO.get(error.kind.value)
    advice = f" ({to_do})" if to_do else ""
    return fail(f"{words(error.kind)}: {error.message}{advice}", 1)


def _is_of_interruption(error: BaseException) -> bool:
    """True for a fault of what a signal interrupted, such as a ZIP file that cannot be closed amid
    an entry."""
    return any(isinstance(one, KeyboardInterrupt) for one in _with_contexts(error))


def _with_contexts(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__context__


def _drop_half_made(interruption: BaseException) -> None:
    """Frees what the interrupted code held.

    A signal may come amid a constructor, such as that of a ZIP file. The finaliser of what is half
    made fails, of which Python would tell the author.
    """
    import traceback

    told, sys.unraisablehook = sys.unraisablehook, lambda _fault: None
    try:
        for error in _with_contexts(interruption):
            traceback.clear_frames(error.__traceback__)
    finally:
        sys.unraisablehook = told


def _stopped() -> int:
    try:
        sys.stdout.flush()
    except OSError:
        # The terminal was closed, which caused the signal.
        _drop_output()
    return fail("stopped", STOPPED)


def _drop_output() -> None:
    """Discards further output: the interpreter would hit the closed pipe again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
