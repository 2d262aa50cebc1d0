"""The public-domain novels that stand beside the repository, where they are present."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


@pytest.fixture
def corpus_file() -> Callable[[str], Path]:
    """Gives the path of a novel, or skips the test."""

    def find(name: str) -> Path:
        path = CORPUS / name
        if not path.is_file():
            pytest.skip(f"the novel {name} is not beside the repository (../shared/corpus)")
        return path

    return find
