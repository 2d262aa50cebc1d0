"""The page of a chapter, shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.typed_edits import TypedEdits


@pytest.fixture
def view(qtbot: QtBot) -> ChapterView:
    made = ChapterView(edits=TypedEdits(pause_ms=30))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made
