"""Words of a novel, of a model and of a server are shown to the letter, wherever they stand."""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QTabBar,
    QWidget,
)

from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.ui.widgets.plain_text import plain_title
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.lived_in_novel import live_in
from tests.support.open_dialogs import open_dialogs
from tests.support.studio_stage import Stage, open_services, perform

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

EVIL = "<i>EVIL</i>"

TEXTS = {
    "novel_projects": ("title", "initial_prompt"),
    "volumes": ("title", "summary"),
    "chapters": ("real_summary",),
    "chapter_outlines": ("title", "summary"),
    "chapter_versions": ("provider",),
    "chapter_evaluations": ("feedback", "provider"),
    "codex_entries": ("name", "description"),
    "codex_facts": ("statement", "reason", "value", "quotation"),
    "codex_alerts": ("quotation",),
    "novel_blueprints": ("title", "genre", "tone", "one_sentence_summary", "full_synopsis"),
    "blueprint_characters": ("name", "identity", "personality", "goals"),
    "blueprint_relationships": ("character_from", "description"),
    "novel_conversations": ("content",),
    "pending_analysis": ("error_message",),
    "analysis_errors": ("error_message", "provider", "model"),
    "model_calls": ("provider", "model", "profile", "currency"),
    "provider_profiles": ("name", "model", "currency"),
    "story_summaries": ("content",),
    "writing_guides": ("persona",),
    "auto_runs": ("detail",),
    "outline_runs": ("instruction", "error_message"),
}
"""Columns of free text, which an imported file, a model or a server may have filled."""

DIALOGS = (
    "costs",
    "prompts",
    "details",
    "guide",
    "inspect",
    "analyse_many",
    "write_many",
    "export_novel",
)


class Look:
    """The texts seen so far, and those of them that were taken for markup."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.found: set[str] = set()

    def __call__(self) -> None:
        """Looks at all that there is now."""
        for where, text, may_be_markup in texts():
            if EVIL in text or html.escape(EVIL) in text:
                self.seen.add(where)
            if may_be_markup and EVIL in text:
                self.found.add(f"{where}: {text[:60]}")


def test_no_word_of_a_novel_is_markup(application: QApplication, world: dict[str, str]) -> None:
    project_id = write_evil_novel(world)
    look = Look()

    async def act(stage: Stage) -> None:
        await stage.until(lambda: EVIL in str(list(texts())), "the novels are listed")
        look()
        stage.studio.library.open_novel(project_id)
        await stage.until(lambda: stage.window.chapter_view.chapter_id, "it is open")
        await walk_through(stage, look)
        for name in DIALOGS:
            action = getattr(stage.window.actions_, name)
            assert isinstance(action, QAction)
            action.trigger()
            await stage.until(dialogs, f"the dialog of {name} is open")
            await settle(stage)
            look()
            for dialog in dialogs():
                dialog.reject()
            await stage.until(lambda: not dialogs(), "it is closed")

    perform(application, world, act)
    assert look.found == set()
    assert len(look.seen) > 20, look.seen


@pytest.mark.parametrize("title", ["Fan[*]fic", "[*]", "a[*][*]b", "plain"])
def test_a_mark_in_a_title_is_shown(application: QApplication, title: str) -> None:
    del application
    window = QWidget()
    window.setWindowTitle(plain_title(title))
    window.show()
    handle = window.windowHandle()
    assert handle is not None
    assert handle.title() == title
    window.close()


def write_evil_novel(world: dict[str, str]) -> str:
    services = open_services(world)
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.ENGLISH)
    )
    project_id = live_in(services.database, services.instance)
    path = services.paths.database
    services.close()
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in TEXTS.items():
            for column in columns:
                statement = f"UPDATE {table} SET {column} = ? || coalesce({column}, '')"
                connection.execute(statement, (EVIL,))
        connection.commit()
    return project_id


async def walk_through(stage: Stage, look: Look) -> None:
    """Every chapter, every stage of the book, every tab."""
    for number in range(1, len(stage.chapters()) + 1):
        await stage.open_chapter(number)
        look()
    for page in BookStage:
        stage.window.workspace.show_stage(page)
        await settle(stage)
        look()
    stage.window.workspace.show_stage(BookStage.CHAPTERS)
    for tabs in stage.window.findChildren(QTabBar):
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            await settle(stage)
            look()
    for view in stage.window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount() if view.isVisible() else 0):
            view.setCurrentIndex(model.index(row, 0))
            await settle(stage)
            look()


async def settle(stage: Stage) -> None:
    """Lets what was asked of the database arrive."""
    done: list[None] = []
    stage.studio._operations.run(lambda: None, done.append)
    await stage.until(lambda: done, "the database has answered")


def dialogs() -> list[QDialog]:
    return [each for each in open_dialogs(QDialog) if not isinstance(each, QMessageBox)]


def texts() -> Iterator[tuple[str, str, bool]]:
    """Every text of every widget: where it is, and whether Qt may take it for markup."""
    for widget in QApplication.allWidgets():
        where = f"{type(widget.parentWidget()).__name__}/{type(widget).__name__}"
        if isinstance(widget, QLabel):
            yield where, widget.text(), widget.textFormat() is not Qt.TextFormat.PlainText
        for kind, text in tips(widget):
            yield f"{where} {kind}", text, True
        if isinstance(widget, QAbstractItemView):
            model = widget.model()
            for text in cell_tips(model, QModelIndex()):
                yield f"{where} cell", text, True
            for text in cell_texts(model, QModelIndex()):
                yield f"{where} text", text, False


def tips(widget: QWidget) -> list[tuple[str, str]]:
    return [
        ("tooltip", widget.toolTip()),
        ("what's this", widget.whatsThis()),
        *(("action", action.toolTip()) for action in widget.actions()),
    ]


def cell_tips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    return cells(model, parent, Qt.ItemDataRole.ToolTipRole)


def cell_texts(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    return cells(model, parent, Qt.ItemDataRole.DisplayRole)


def cells(model: QAbstractItemModel, parent: QModelIndex, role: Any) -> Iterator[str]:
    for row in range(min(model.rowCount(parent), 50)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield str(index.data(role) or "")
            yield from cells(model, index, role)
