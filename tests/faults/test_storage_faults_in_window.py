"""Typed text that cannot be saved stays, and is saved as soon as it can be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import build_services
from arboris_desktop.storage.engine import sqlite as engine
from arboris_desktop.ui.chapter.chapter_footer import ChapterFooter, SaveState
from tests.support.looks import looks_given_back
from tests.support.studio_stage import Stage, child, perform

pytestmark = [pytest.mark.faults, pytest.mark.gui]


def test_typed_text_outlives_a_locked_database(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    world = {"ARBORIS_HOME": str(tmp_path / "home")}
    services = build_services(world, keys=SessionKeyStore())
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.ENGLISH)
    )
    database = services.paths.database
    services.close()

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        before = stage.stored_text(1)
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            QTest.keyClicks(stage.editor(), "Typed. ")
            typed = stage.text()
            footer = child(stage.window.chapter_view, ChapterFooter)
            states: list[SaveState] = []
            show = footer.show_save_state

            def note(state: SaveState, reason: str = "") -> None:
                states.append(state)
                show(state, reason)

            monkeypatch.setattr(footer, "show_save_state", note)
            await stage.until(lambda: SaveState.FAILED in states, "the footer says so")
            assert stage.stored_text(1) == before
            assert stage.text() == typed
            other.execute("ROLLBACK")
        await stage.until(lambda: stage.stored_text(1) == typed, "it is saved by itself")
        assert "Typed. " in typed
        view = stage.window.chapter_view
        await stage.until(lambda: not view.has_unsaved_edits(), "and the editor knows")

    with looks_given_back(qapp):
        perform(qapp, world, act)
