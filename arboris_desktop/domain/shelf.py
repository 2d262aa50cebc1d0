"""The shelf: open models that write, and run on an author's own computer.

The list ships with the app and says of what day it is. Sizes are about; the exact one, and the hash
that what was fetched must have, come from the hub.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record

LISTED_ON = date(2026, 7, 2)
"""The date of the list."""

_GIB = 1024**3
_BESIDE = 1.5 * _GIB
"""Memory besides the model's file: what was read and written so far, and the program."""

_SHARE = 0.55
"""The share of the computer's memory that a model may take: the author has other programs, too,
and what only just fits is slow."""


class Hub(StrEnum):
    """A site that hosts models."""

    HUGGING_FACE = "huggingface"
    MODELSCOPE = "modelscope"


HUB_ADDRESSES = {
    Hub.HUGGING_FACE: "https://huggingface.co",
    Hub.MODELSCOPE: "https://modelscope.cn",
}


@record
class ShelfModel:
    """A model as one GGUF file; both hubs keep it in a repository of the same name."""

    id: str
    title: str
    repository: str
    file: str
    size: int
    licence: str
    languages: tuple[Language, ...] = (Language.ENGLISH, Language.CHINESE)

    @property
    def memory(self) -> int:
        """The memory in bytes that it takes while it writes."""
        return int(self.size * 1.1 + _BESIDE)


def _model(
    id: str, title: str, place: str, gigabytes: float, licence: str, *languages: Language
) -> ShelfModel:
    owner, repository, file = place.split("/")
    size = int(gigabytes * 1e9)
    known = languages or (Language.ENGLISH, Language.CHINESE)
    return ShelfModel(id, title, f"{owner}/{repository}", file, size, licence, known)


_APACHE, _GEMMA, _LLAMA = "Apache-2.0", "Gemma Terms of Use", "Llama 3.2 Community License"

SHELF = (
    _model("qwen3-0.6b", "Qwen3 0.6B", "Qwen/Qwen3-0.6B-GGUF/Qwen3-0.6B-Q8_0.gguf", 0.64, _APACHE),
    _model("qwen3-1.7b", "Qwen3 1.7B", "Qwen/Qwen3-1.7B-GGUF/Qwen3-1.7B-Q8_0.gguf", 1.83, _APACHE),
    _model(
        "llama-3.2-3b",
        "Llama 3.2 3B",
        "unsloth/Llama-3.2-3B-Instruct-GGUF/Llama-3.2-3B-Instruct-Q4_K_M.gguf",
        2.02,
        _LLAMA,
        Language.ENGLISH,
    ),
    _model(
        "gemma-3-4b",
        "Gemma 3 4B",
        "unsloth/gemma-3-4b-it-GGUF/gemma-3-4b-it-Q4_K_M.gguf",
        2.49,
        _GEMMA,
    ),
    _model(
        "qwen3-4b",
        "Qwen3 4B Instruct",
        "unsloth/Qwen3-4B-Instruct-2507-GGUF/Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
        2.5,
        _APACHE,
    ),
    _model("qwen3-8b", "Qwen3 8B", "Qwen/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf", 5.03, _APACHE),
    _model(
        "gemma-3-12b",
        "Gemma 3 12B",
        "unsloth/gemma-3-12b-it-GGUF/gemma-3-12b-it-Q4_K_M.gguf",
        7.3,
        _GEMMA,
    ),
    _model("qwen3-14b", "Qwen3 14B", "Qwen/Qwen3-14B-GGUF/Qwen3-14B-Q4_K_M.gguf", 9.0, _APACHE),
)
"""From the smallest to the largest."""


def shelf_model(id: str) -> ShelfModel | None:
    """The model of that id; ``None`` for any other."""
    return next((model for model in SHELF if model.id == id), None)


def recommended(
    memory: int, language: Language, models: Iterable[ShelfModel] = SHELF
) -> ShelfModel | None:
    """The largest model that writes the language and fits into that much memory."""
    fitting = [
        model for model in models if language in model.languages and model.memory <= memory * _SHARE
    ]
    return max(fitting, key=lambda model: model.size, default=None)
