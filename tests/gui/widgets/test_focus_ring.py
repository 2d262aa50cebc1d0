"""The ring of the keyboard on buttons: there for keys, not for the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.theme import apply_theme


def default_button() -> QPushButton:
    button = QPushButton("Save")
    button.setDefault(True)
    return button


def small_button() -> QPushButton:
    button = QPushButton("Retry")
    button.setObjectName("small")
    return button


def tool_button() -> QToolButton:
    button = QToolButton()
    button.setText("What is sent")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def ticked() -> QCheckBox:
    box = QCheckBox("Wait")
    box.setChecked(True)
    return box


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("Idea")
    bar.addTab("Outline")
    return bar


def pages() -> QListWidget:
    names = QListWidget()
    names.setObjectName("pages")
    names.addItems(["Models", "Writing"])
    names.setCurrentRow(0)
    names.setFixedHeight(80)
    return names


KINDS: tuple[Callable[[], QWidget], ...] = (
    lambda: QPushButton("Close"),
    default_button,
    small_button,
    tool_button,
    lambda: QCheckBox("Wait"),
    ticked,
    lambda: QRadioButton("Local"),
    tabs,
    pages,
)


class Page(QWidget):
    """A field that has the keyboard, and the widget that it may go to."""

    def __init__(self, qtbot: QtBot, made: QWidget) -> None:
        super().__init__()
        qtbot.addWidget(self)
        self.field, self.made = QLineEdit(), made
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.show()
        self.activateWindow()
        self.field.setFocus()
        QApplication.processEvents()

    def picture(self) -> QImage:
        QApplication.processEvents()
        return self.made.grab().toImage()


def differs(one: QImage, other: QImage) -> bool:
    """True if more than the shade of a letter's edge differs."""
    pairs = (
        (one.pixelColor(x, y), other.pixelColor(x, y))
        for x in range(one.width())
        for y in range(one.height())
    )
    return sum(_apart(*pair) > 30 for pair in pairs) > 8


def _apart(one: QColor, other: QColor) -> int:
    return max(
        abs(one.red() - other.red()),
        abs(one.green() - other.green()),
        abs(one.blue() - other.blue()),
    )


@pytest.fixture(params=[ColourScheme.LIGHT, ColourScheme.DARK])
def window(
    qapp: QApplication,
    qtbot: QtBot,
    make: Callable[[], QWidget],
    request: pytest.FixtureRequest,
) -> Page:
    apply_theme(qapp, request.param)
    return Page(qtbot, make())


@pytest.mark.parametrize("make", KINDS)
def test_tab_brings_the_ring(window: Page) -> None:
    before = window.picture()
    QTest.keyClick(window.field, Qt.Key.Key_Tab)
    assert window.made.hasFocus()
    assert differs(before, window.picture())


@pytest.mark.parametrize("make", KINDS)
def test_what_the_mouse_led_to_has_no_ring(window: Page) -> None:
    QTest.keyClick(window.field, Qt.Key.Key_Tab)
    window.field.setFocus()
    before = window.picture()
    # Elsewhere, so that nothing is below it.
    QCursor.setPos(QPoint(790, 590) if QCursor.pos() != QPoint(790, 590) else QPoint(780, 580))
    window.made.setFocus()
    assert window.made.hasFocus()
    assert not differs(before, window.picture())
    # The next key that goes somewhere brings it back.
    window.field.setFocus()
    QTest.keyClick(window.field, Qt.Key.Key_Tab)
    assert differs(before, window.picture())


@pytest.mark.parametrize("make", KINDS)
def test_it_is_as_large_with_the_keyboard(window: Page) -> None:
    sizes = {window.made.sizeHint().toTuple()}
    window.made.setFocus(Qt.FocusReason.MouseFocusReason)
    sizes.add(window.made.sizeHint().toTuple())
    window.field.setFocus()
    QTest.keyClick(window.field, Qt.Key.Key_Tab)
    sizes.add(window.made.sizeHint().toTuple())
    assert len(sizes) == 1


def test_a_field_shows_its_ring_however_one_came_there(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    window = Page(qtbot, QPushButton("Close"))
    QTest.mouseClick(window.field, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    edge = window.field.grab().toImage().pixelColor(window.field.width() // 2, 0)
    assert edge.name() == qapp.palette().color(QPalette.ColorRole.Accent).name()
