"""No letter leads to two places: in no menu, and among the controls in sight of no window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QMenu, QRadioButton, QTabWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.settings import InterfaceLanguage
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.outline.page import OutlinePage
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.gui.studio.dialogs_of_moments import DIALOGS_OF_MOMENTS
from tests.gui.studio.letters_of_keys import (
    letters_of,
    letters_used_twice,
    menus_asked_for,
    menus_of,
    texts_in_sight,
    texts_of_all,
    texts_of_menu,
)
from tests.support.open_dialogs import dialog_actions, open_dialogs
from tests.support.studio_stage import Play, Stage, child, open_services, perform, set_the_stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")

Found = dict[str, dict[str, list[str]]]
"""The letters that are used twice, by the place."""

LANGUAGES = (InterfaceLanguage.ENGLISH, InterfaceLanguage.CHINESE)


@pytest.fixture(params=LANGUAGES, ids=lambda language: str(language.value))
def play_in(
    request: pytest.FixtureRequest, application: QApplication, world: dict[str, str]
) -> Play:
    """Plays an act in a window of each language."""
    services = open_services(world)
    set_the_stage(services, request.param)
    services.close()
    return lambda act: perform(application, world, act)


async def open_sample(stage: Stage) -> None:
    stage.window.start_page.sample_requested.emit("zh")
    await stage.until(lambda: stage.window.chapter_view.chapter_id, "the sample is open")


def test_no_letter_is_twice_in_a_menu(play_in: Play) -> None:
    async def act(stage: Stage) -> None:
        window, found = stage.window, Found()

        def note(menu: QMenu) -> None:
            texts = texts_of_menu(menu)
            found[" ".join([menu.title(), *texts[:3]])] = letters_used_twice(texts)

        await open_sample(stage)
        for book_stage in BookStage:
            window.workspace.show_stage(book_stage)
            await stage.until(lambda: not window.workspace.isHidden(), "the page is shown")
            for menu in menus_asked_for(window):
                note(menu)
        for panel in Panel:
            window.side.open_panel(panel)
        for menu in menus_of(window):
            note(menu)
        assert len(found) > 15
        assert twice(found) == {}

    play_in(act)


def test_no_letter_is_twice_in_the_window(play_in: Play) -> None:
    async def act(stage: Stage) -> None:
        window, found = stage.window, Found()
        found["start page"] = letters_used_twice(texts_in_sight(window))
        await open_sample(stage)
        window.edit_menu.replace_words.trigger()
        for panel in Panel:
            window.side.open_panel(panel)
            found[panel.value] = letters_used_twice(texts_in_sight(window))
        for book_stage in BookStage:
            window.workspace.show_stage(book_stage)
            await stage.until(lambda: not window.workspace.isHidden(), "the page is shown")
            found[book_stage.value] = letters_used_twice(texts_in_sight(window))
        assert twice(found) == {}

    play_in(act)


def twice(found: Found) -> Found:
    return {place: letters for place, letters in found.items() if letters}


def test_no_letter_of_the_menu_bar_is_used_below_it(play_in: Play) -> None:
    """Also by what is out of sight as yet: a page shows more when the author comes further."""

    async def act(stage: Stage) -> None:
        window = stage.window
        await open_sample(stage)
        for book_stage in BookStage:
            window.workspace.show_stage(book_stage)
        bar = letters_of(texts_in_sight(window.menuBar()))
        taken = [text for text in texts_of_all(window.centre) if letters_of([text]) & bar]
        assert taken == []

    play_in(act)


def test_no_letter_is_twice_in_a_dialog_of_the_studio(play_in: Play) -> None:
    async def act(stage: Stage) -> None:
        window, found = stage.window, Found()
        await open_sample(stage)
        for opening in openings(stage):
            opening()
            await stage.until(dialogs, "a dialog is open")
            (dialog,) = dialogs()
            found |= letters_of_pages(dialog)
            dialog.reject()
            await stage.until(lambda: not dialogs(), "it is closed")
        assert window.isVisible()
        assert twice(found) == {}

    play_in(act)


def openings(stage: Stage) -> Iterator[Callable[[], object]]:
    window = stage.window
    for action in dialog_actions(window):
        yield action.trigger
    for kind in EntryKind:
        yield partial(window.codex_panel.add_requested.emit, kind)
    yield window.codex_panel.history_requested.emit
    window.workspace.show_stage(BookStage.OUTLINE)
    outline = child(window.workspace, OutlinePage)
    yield outline.actions_["plan_volumes"].trigger
    yield outline.actions_["fill"].trigger
    yield outline.actions_["regenerate"].trigger


def letters_of_pages(dialog: QDialog) -> Found:
    """The letters that are used twice on each page of a dialog, whatever is chosen there."""
    found = letters_of_choices(dialog, "")
    for listed in dialog.findChildren(QListWidget, "pages"):
        for row in range(listed.count()):
            listed.setCurrentRow(row)
            found |= letters_of_choices(dialog, listed.item(row).text())
    for tabs in dialog.findChildren(QTabWidget):
        for page in range(tabs.count()):
            tabs.setCurrentIndex(page)
            found |= letters_of_choices(dialog, tabs.tabText(page))
    return found


def letters_of_choices(dialog: QDialog, page: str) -> Found:
    place = f"{type(dialog).__name__} {page}"
    found = {place: letters_used_twice(texts_in_sight(dialog))}
    for choice in dialog.findChildren(QRadioButton):
        if choice.isVisible():
            choice.click()
            found[f"{place} {choice.text()}"] = letters_used_twice(texts_in_sight(dialog))
    return found


def dialogs() -> list[QDialog]:
    return open_dialogs(QDialog)


@pytest.fixture(params=LANGUAGES, ids=lambda language: str(language.value))
def in_each_language(request: pytest.FixtureRequest, application: QApplication) -> None:
    Translations(application).apply(request.param)


@pytest.mark.usefixtures("in_each_language")
@pytest.mark.parametrize("make", DIALOGS_OF_MOMENTS, ids=lambda make: make.__name__)
def test_no_letter_is_twice_in_a_dialog_of_a_moment(
    make: Callable[[], QDialog], qtbot: QtBot
) -> None:
    """Those that an author meets only when something is to be decided."""
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    assert twice(letters_of_pages(dialog)) == {}
