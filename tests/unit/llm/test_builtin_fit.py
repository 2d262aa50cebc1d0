"""Models of this computer are run by their files' headers and by the memory."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from arboris_desktop.llm.builtin_files import find_bundled_model
from arboris_desktop.llm.builtin_fit import LEAST_TOKENS, BuiltInRoom, fit, room_for
from arboris_desktop.llm.gguf import ModelShape, read_shape
from arboris_desktop.llm.shelf.memory import free_memory, total_memory

GIB = 1024**3
QWEN_4B = ModelShape(262_144, 36 * 8 * (128 + 128) * 2)
QWEN_4B_SIZE = 2_500_000_000
SHAPE: dict[str, object] = {
    "general.architecture": "qwen3",
    "qwen3.block_count": 36,
    "qwen3.context_length": 40_960,
    "qwen3.embedding_length": 2560,
    "qwen3.attention.head_count": 32,
    "qwen3.attention.head_count_kv": 8,
    "qwen3.attention.key_length": 128,
    "qwen3.attention.value_length": 128,
    "tokenizer.ggml.model": "gpt2",
}


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def field(value: object) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", 8) + text(value)
    if isinstance(value, list):
        numbers = b"".join(struct.pack("<I", each) for each in value)
        return struct.pack("<IIQ", 9, 4, len(value)) + numbers
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    return struct.pack("<II", 4, value)


def header(fields: dict[str, object], *, version: int = 3) -> bytes:
    said = b"".join(text(name) + field(value) for name, value in fields.items())
    return b"GGUF" + struct.pack("<IQQ", version, 0, len(fields)) + said


def shape_of(folder: Path, content: bytes) -> ModelShape | None:
    file = folder / "a.gguf"
    file.write_bytes(content)
    return read_shape(file)


def test_a_header_tells_the_context_and_what_a_token_of_it_takes(tmp_path: Path) -> None:
    assert shape_of(tmp_path, header(SHAPE)) == ModelShape(40_960, 147_456)
    plain = {name: value for name, value in SHAPE.items() if "_length" not in name}
    plain |= {"qwen3.context_length": 8192, "qwen3.embedding_length": 4096, "general.x": 0.5}
    # Without them the heads share the width, and each of them is kept.
    del plain["qwen3.attention.head_count_kv"]
    assert shape_of(tmp_path, header(plain)) == ModelShape(8192, 36 * 32 * 256 * 2)
    # Some layers keep nothing.
    mixed = SHAPE | {"qwen3.attention.head_count_kv": [8, 0] * 18}
    assert shape_of(tmp_path, header(mixed)) == ModelShape(40_960, 147_456 // 2)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GGUF",
        b"PK\x03\x04 not a model",
        header(SHAPE)[:90],
        header(SHAPE, version=1),
        header({}),
        header({"general.architecture": "qwen3"}),
        header(SHAPE | {"qwen3.block_count": "many"}),
        header(SHAPE | {"qwen3.block_count": 0}),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**62) + b"x",
    ],
)
def test_what_is_no_model_or_does_not_tell_is_not_guessed_at(
    tmp_path: Path, content: bytes
) -> None:
    assert shape_of(tmp_path, content) is None
    assert room_for(tmp_path / "a.gguf").slot_tokens == 4096
    assert read_shape(tmp_path / "none.gguf") is None


@pytest.mark.parametrize(
    ("total", "free", "slots", "least", "most"),
    [
        (32, 24, 2, 16_384, 16_384),
        (16, 10, 2, 16_384, 16_384),
        # Two would have too little each.
        (8, 6, 1, 8192, 16_384),
        (8, 4, 1, 3072, 6144),
        (4, 2, 1, LEAST_TOKENS, LEAST_TOKENS),
        (0, 0, 1, 8192, 8192),
    ],
)
def test_context_and_answers_at_a_time_go_by_the_memory(
    total: int, free: int, slots: int, least: int, most: int
) -> None:
    found, tokens = fit(QWEN_4B, QWEN_4B_SIZE, total * GIB, free * GIB)
    assert found == slots
    assert least <= tokens <= most
    taken = QWEN_4B_SIZE + slots * tokens * QWEN_4B.token_bytes
    assert tokens == LEAST_TOKENS or not total or taken < total * GIB * 0.55


def test_a_context_is_never_larger_than_the_model_was_made_for() -> None:
    assert fit(ModelShape(2048, 23_040), 10**8, 32 * GIB, 24 * GIB) == (2, 2048)
    assert fit(ModelShape(1024, 23_040), 10**8, GIB, 0) == (1, 1024)


def test_the_bundled_model_stays_small() -> None:
    bundled = find_bundled_model()
    if bundled is None:
        pytest.skip("the model is not installed")
    assert read_shape(bundled) == ModelShape(8192, 23_040)
    room = room_for(bundled)
    assert room == BuiltInRoom(2, 4096, room.threads)


def test_this_computer_tells_its_memory() -> None:
    assert 0 < free_memory() <= total_memory()
