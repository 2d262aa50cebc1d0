"""Settings for running a model on this computer: context size, parallel answers and threads."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from arboris_desktop.domain.record import record
from arboris_desktop.llm.builtin_files import find_bundled_model
from arboris_desktop.llm.gguf import ModelShape, read_shape
from arboris_desktop.llm.shelf.memory import free_memory, total_memory

LEAST_TOKENS, MOST_TOKENS = 2048, 16_384
"""Bounds of the context in tokens.

No chapter fits into less; more takes minutes to read without a graphics card. A chapter's plan with
its context takes about 8,000.
"""

_STEP_TOKENS = 256
_TWO_FROM_TOKENS = 8192
"""The context that each of two parallel answers needs, so that a chapter need not wait for an
analysis. With less memory, a single slot gets all of it."""

_SHARE_OF_ALL, _SHARE_OF_FREE = 0.55, 0.8
"""Shares of the memory that a model may take, since the author runs other programs too.

The shelf recommends models by the first.
"""

_BESIDE = 300 * 1024**2
"""Working memory of llama.cpp in bytes, besides the model file and the context."""

_MOST_THREADS = 8


@record
class BuiltInRoom:
    """The number of parallel answers (``slots``) and the context of each (``slot_tokens``)."""

    slots: int
    slot_tokens: int
    threads: int


def room_for(path: Path) -> BuiltInRoom:
    """Chooses how to run a model file on this computer in its present state.

    The bundled model runs with measured settings that keep it small.
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
    """Returns the number of slots and the context of each that fit into memory beside the model.

    If the size of the memory is unknown, it is assumed to be enough for one answer and half of the
    maximum context.
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
    """Returns one thread per core, less one for the window: two threads on one core would only
    compete for memory."""
    if sys.platform == "linux":
        processors = os.sched_getaffinity(0)
        cores = len({_siblings(number) for number in processors})
    else:
        cores = os.cpu_count() or 2
    return max(1, min(cores - 1, _MOST_THREADS))


def _siblings(processor: int) -> str:
    """Returns the logical CPUs that share a core with this one, as Linux names them; otherwise the
    CPU itself."""
    place = f"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list"
    try:
        return Path(place).read_text(encoding="ascii").strip()
    except OSError:
        return str(processor)
