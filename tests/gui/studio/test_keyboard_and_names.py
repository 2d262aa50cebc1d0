"""Every part of the window is reached and left by the keyboard, and has a name to be read out."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QScrollBar, QTabBar, QWidget

from arboris_desktop.domain.settings import InterfaceLanguage
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.open_dialogs import dialog_actions, open_dialogs
from tests.support.studio_stage import Play, Stage, open_services, perform, set_the_stage


def nameless(window: QWidget) -> set[str]:
    """The widgets in sight that Tab leads to and of which a screen reader could say nothing."""
    return {
        f"{type(each).__name__} in {type(each.parentWidget()).__name__}"
        for each in window.findChildren(QWidget)
        if takes_tab(each) and not name_of(each)
    }


def takes_tab(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar) or not widget.isVisible():
        return False
    return widget.focusPolicy() in (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus)


def name_of(widget: QWidget) -> str:
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


async def goes_there_and_back(stage: Stage, place: QWidget) -> None:
    """F6 leads into a part of the window, and out of it again."""
    for _ in range(8):
        if has_keyboard(place):
            break
        QTest.keyClick(focus(), Qt.Key.Key_F6)
    assert has_keyboard(place), f"F6 does not lead to {place}"
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    assert not has_keyboard(place), f"F6 does not leave {place}"


def has_keyboard(place: QWidget) -> bool:
    return place is focus() or place.isAncestorOf(focus())


def test_all_is_reached_left_and_named(play: Play) -> None:
    async def act(stage: Stage) -> None:
        window = stage.window
        await stage.open_chinese_sample(1)
        window.activateWindow()
        window.chapter_view.take_focus()
        window.project_tree.second_pane_requested.emit(stage.chapter(1).id)
        await stage.until(lambda: window.two_panes.is_open, "two panes")
        found: dict[str, set[str]] = {"window": nameless(window)}
        await goes_there_and_back(stage, window.second_pane)
        for panel in Panel:
            window.side.action(panel).trigger()
            await stage.until(lambda: window.side.shown is not None, "a panel is open")
            await goes_there_and_back(stage, window.side)
            found[panel.value] = nameless(window.side)
        window.side.close_panel()
        for book_stage in BookStage:
            window.workspace.show_stage(book_stage)
            await stage.until(lambda: not window.workspace.isHidden(), "the page is shown")
            found[book_stage.value] = nameless(window.workspace)
            if book_stage is not BookStage.CHAPTERS:
                await goes_there_and_back(stage, window.workspace)
        assert not any(found.values()), {place: names for place, names in found.items() if names}

    play(act)


def test_every_dialog_fits_a_small_screen(play: Play) -> None:
    """A laptop of 1366 x 768 at 150 %: the buttons of no dialog lie below its edge."""
    room = QSize(895, 464)

    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        for action in dialog_actions(stage.window):
            action.trigger()
            await stage.until(dialogs, action.text())
            (dialog,) = dialogs()
            least = dialog.minimumSizeHint()
            assert least.boundedTo(room) == least, f"{action.text()} needs {least}"
            dialog.close()
            await stage.until(lambda: not dialogs(), "it is closed")

    play(act)


_LETTER = re.compile(r"[(][A-Z][)]")


def names_with_letters(window: QWidget) -> list[str]:
    """Names that are read out with the letter of a key, when a widget gets focus."""
    found = []
    for each in window.findChildren(QWidget):
        if each.window() is window and takes_tab(each) and each.isEnabled():
            each.setFocus()
            found += [name for name in names_of(each) if _LETTER.search(name)]
    return found


def names_of(widget: QWidget) -> list[str]:
    """The name of a widget, or those of its tabs."""
    if not isinstance(widget, QTabBar):
        return [name_of(widget)]
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    tabs = (interface.child(place) for place in range(widget.count()))
    return [tab.text(QAccessible.Text.Name) for tab in tabs]


def test_no_letter_of_a_key_is_read_out_with_a_name(
    application: QApplication, world: dict[str, str]
) -> None:
    services = open_services(world)
    set_the_stage(services, InterfaceLanguage.CHINESE)
    services.close()

    async def act(stage: Stage) -> None:
        window, found = stage.window, {}
        window.start_page.sample_requested.emit("zh")
        await stage.until(lambda: window.chapter_view.chapter_id, "the sample is open")
        window.activateWindow()
        window.edit_menu.replace_words.trigger()
        for panel in Panel:
            window.side.open_panel(panel)
            found[panel.value] = names_with_letters(window)
        actions = window.actions_
        for action in (actions.new_novel, actions.details, actions.costs, actions.settings):
            action.trigger()
            await stage.until(dialogs, "a dialog is open")
            (dialog,) = dialogs()
            for listed in dialog.findChildren(QListWidget, "pages"):
                for row in range(listed.count()):
                    listed.setCurrentRow(row)
                    found[f"{action.text()} {row}"] = names_with_letters(dialog)
            found[action.text()] = names_with_letters(dialog)
            dialog.reject()
            await stage.until(lambda: not dialogs(), "it is closed")
        assert {place: names for place, names in found.items() if names} == {}

    perform(application, world, act)


def dialogs() -> list[QDialog]:
    return open_dialogs(QDialog)
