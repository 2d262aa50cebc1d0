"""Settings for running a model on this computer: its context, parallel answers and threads."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from arboris_desktop.llm.builtin_files import find_bundled_model
from arboris_desktop.llm.gguf import ModelShape, read_shape
from arboris_desktop.llm.shelf.memory import free_memory, total_memory

LEAST_TOKENS, MOST_TOKENS = 2048, 16_384
"""Of a context: with less no chapter can be asked for; more takes minutes to read without a
graphics card, and a chapter's plan with its context of the book takes some 8,000."""

_STEP_TOKENS = 256
_TWO_FROM_TOKENS = 8192
"""Two answers are computed at a time where each can have so much: a chapter then need not wait for
an analysis. Else the one has all the memory."""

_SHARE_OF_ALL, _SHARE_OF_FREE = 0.55, 0.8
"""Shares of the memory that a model may take: the author has other programs, too. The first is the
share by which the shelf recommends a model."""

_BESIDE = 300 * 1024**2
"""Bytes that llama.cpp computes in, besides the file and what was read."""

_MOST_THREADS = 8


@dataclass(frozen=True, slots=True)
class BuiltInRoom:
    """``slots`` answers are computed at a time, with ``slot_tokens`` of context for each."""

    slots: int
    slot_tokens: int
    threads: int


def room_for(path: Path) -> BuiltInRoom:
    """Chooses how to run the model in a file on this computer, as it is now.

    The bundled one has what was measured for it: it is to stay small.
    """
    threads = usable_threads()
    if path == find_bundled_model():
        return BuiltInRoom(2, 4096, threads)
    shape = read_shape(path)
    if shape is None:
        return BuiltInRoom(1, 4096, threads)
    slots, tokens = fit(shape, path.stat().st_size, total_memory(), free_memory())
    return BuiltInRoom(slots, tokens, threads)


def fit(shape: ModelShape, file_size: int, total: int, free: int) -> tuple[int, int]:
    """Answers at a time, and the context of each: what the memory holds beside the model's file.

    Memory that is not known counts as enough for one answer and half of the most.
    """
    wanted = min(shape.context_tokens, MOST_TOKENS)
    if not total:
        return 1, min(wanted, MOST_TOKENS // 2)
    usable = min(total * _SHARE_OF_ALL, free * _SHARE_OF_FREE) - file_size - _BESIDE
    held = max(int(usable / shape.token_bytes), 0)
    slots = 2 if held >= 2 * min(wanted, _TWO_FROM_TOKENS) else 1
    tokens = min(wanted, held // slots) // _STEP_TOKENS * _STEP_TOKENS
    return slots, max(tokens, min(wanted, LEAST_TOKENS))


def usable_threads() -> int:
    """One for each core, but for one that is left to the window: two on one core only wait for the
    same memory."""
    if sys.platform == "linux":
        processors = os.sched_getaffinity(0)
        cores = len({_siblings(number) for number in processors})
    else:
        cores = os.cpu_count() or 2
    return max(1, min(cores - 1, _MOST_THREADS))


def _siblings(processor: int) -> str:
    """The processors that share a core with one, as Linux names them; itself where it does not."""
    place = f"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list"
    try:
        return Path(place).read_text(encoding="ascii").strip()
    except OSError:
        return str(processor)
