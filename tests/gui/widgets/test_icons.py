from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.resources import resource_path
from arboris_desktop.ui.widgets.icons import icon, tinted_pixmap
from arboris_desktop.ui.widgets.theme import apply_theme

ALL = sorted(path.stem for path in resource_path("icons").glob("*.svg"))


def colours(pixmap: QPixmap) -> set[str]:
    """The colours of all pixels that are wholly opaque."""
    image = pixmap.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", ALL)
def test_every_shipped_icon_is_drawn(qapp: QApplication, name: str) -> None:
    assert colours(icon(name).pixmap(QSize(24, 24), 2.0))


def test_lines_take_the_text_colour_of_the_palette(qapp: QApplication) -> None:
    apply_theme(qapp, ColourScheme.DARK)
    assert colours(icon("bell").pixmap(48)) == {qapp.palette().windowText().color().name()}


def test_disabled_and_selected_take_their_own_colours(qapp: QApplication) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    normal, disabled, selected = (
        colours(icon("book").pixmap(48, mode))
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Selected)
    )
    assert len({frozenset(shown) for shown in (normal, disabled, selected)}) == 3
    assert normal


def test_the_app_keeps_its_own_colours(qapp: QApplication) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    before = colours(icon("app").pixmap(64))
    apply_theme(qapp, ColourScheme.DARK)
    assert colours(icon("app").pixmap(64)) == before
    assert len(before) > 1


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_pixmaps_are_as_sharp_as_the_screen(qapp: QApplication, ratio: float) -> None:
    pixmap = icon("bell").pixmap(QSize(16, 16), ratio)
    assert pixmap.width() == round(16 * ratio)
    assert pixmap.devicePixelRatio() == ratio


def test_the_same_icon_is_drawn_once(qapp: QApplication) -> None:
    assert icon("bell").cacheKey() == icon("bell").cacheKey()


def test_a_missing_icon_is_empty_and_logged(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert icon("no-such-icon").isNull()
    assert "no-such-icon" in caplog.text


def test_shown_icons_follow_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton(icon("bell"), "", window)
    action = window.addAction(icon("book"), "Open")
    tabs = QTabWidget(window)
    tabs.addTab(QWidget(), icon("world"), "World")
    bare = QPushButton("no icon", window)

    apply_theme(qapp, ColourScheme.DARK)

    expected = {qapp.palette().windowText().color().name()}
    for shown in (button.icon(), action.icon(), tabs.tabIcon(0)):
        assert colours(shown.pixmap(48)) == expected
    assert bare.icon().isNull()


def test_a_tinted_pixmap_has_the_colour_asked_for(qapp: QApplication) -> None:
    assert colours(tinted_pixmap("warning", "#94291d", 24, 2.0)) == {QColor("#94291d").name()}
