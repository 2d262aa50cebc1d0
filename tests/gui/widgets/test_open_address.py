from __future__ import annotations

import os
import sys

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from arboris_desktop.ui.widgets.open_address import open_address

NAME = "LD_LIBRARY_PATH"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The environment that a program started by the desktop would inherit, for each start."""
    seen: list[str | None] = []

    def start(_address: QUrl) -> bool:
        seen.append(os.environ.get(NAME))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", start)
    monkeypatch.setenv(NAME, "/opt/arboris/_internal")
    return seen


@pytest.mark.parametrize("before", ["/home/mara/lib", None])
def test_a_frozen_program_starts_others_with_their_own_libraries(
    seen: list[str | None], monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    if before is not None:
        monkeypatch.setenv(f"{NAME}_ORIG", before)
    assert open_address(QUrl("https://example.org/"))
    assert seen == [before]
    assert os.environ[NAME] == "/opt/arboris/_internal", "we need ours again"


def test_otherwise_nothing_is_changed(seen: list[str | None]) -> None:
    assert open_address(QUrl("https://example.org/"))
    assert seen == ["/opt/arboris/_internal"]
