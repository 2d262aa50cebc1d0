"""An author whose model is behind a wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wire.authoring import Author, prepared_home


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a novel."""
    return prepared_home(tmp_path_factory.mktemp("novel"))


@pytest.fixture
def author(
    tmp_path: Path,
    template: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Author:
    """The same novel, for this test alone."""
    return Author(tmp_path / "home", template, capsys, monkeypatch)
