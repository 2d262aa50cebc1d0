"""Names beside their fields, measured by the letters that are painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import arboris_desktop.ui
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.form import FieldForm, Hint, explained
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.ui.widgets.number_box import DecimalBox, NumberBox
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import apply_theme

LETTERS = {"en": "HH", "zh_CN": "国国"}
POINTS = (8, 9, 11, 13, 16, 20, 24)
DARK = 120


@pytest.fixture(params=POINTS)
def points(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[int]:
    apply_theme(qapp, ColourScheme.LIGHT)
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPointSize(request.param)
    qapp.setFont(font)
    yield request.param
    qapp.setFont(before)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    return shown


@pytest.fixture
def form(window: QWidget) -> FieldForm:
    return FieldForm(window)


def line(text: str) -> QWidget:
    return QLineEdit(text)


def choice(text: str) -> QWidget:
    box = QComboBox()
    box.addItem(text)
    return box


def typed_choice(text: str) -> QWidget:
    box = QComboBox()
    box.setEditable(True)
    box.setEditText(text)
    return box


def number(text: str) -> QWidget:
    box = NumberBox()
    box.setPrefix(text)
    return box


def decimal(text: str) -> QWidget:
    box = DecimalBox()
    box.setPrefix(text)
    return box


def several_lines(text: str) -> QWidget:
    box = QPlainTextEdit(text)
    box.setFixedHeight(140)
    return box


def growing(text: str) -> QWidget:
    box = GrowingEdit()
    box.set_text(text)
    return box


def words(text: str) -> QWidget:
    return plain_label(text)


def numbers(text: str) -> QLayout:
    row = QHBoxLayout()
    row.addWidget(number(text))
    row.addWidget(QLabel("–"))
    row.addWidget(number(text))
    row.addStretch(1)
    return row


def row_of_its_own(text: str) -> QWidget:
    row = QWidget()
    within = QHBoxLayout(row)
    within.setContentsMargins(0, 0, 0, 0)
    within.addWidget(line(text), 1)
    return row


def with_hint(text: str) -> QLayout:
    return explained(line(text), Hint("Below."))


FIELDS: tuple[Callable[[str], QWidget | QLayout], ...] = (
    line,
    choice,
    typed_choice,
    number,
    decimal,
    several_lines,
    growing,
    words,
    numbers,
    row_of_its_own,
    with_hint,
)


def foot_of_letters(picture: QPixmap, area: QRect, ratio: float) -> int:
    """The lowest row of ink in a part of a picture, in pixels of the screen."""
    image = picture.toImage()
    rows = range(round(area.top() * ratio), round((area.bottom() + 1) * ratio))
    columns = range(round(area.left() * ratio), round((area.right() + 1) * ratio))
    return max(y for y in rows for x in columns if image.pixelColor(x, y).lightness() < DARK)


def first_in(layout: QLayout) -> QWidget:
    item = layout.itemAt(0)
    assert item is not None
    widget = item.widget()
    assert widget is not None
    return widget


def painted(window: QWidget, ratio: float) -> QPixmap:
    picture = QPixmap(window.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    window.render(picture)
    return picture


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("field", FIELDS)
def test_a_name_stands_on_the_line_of_its_field(
    form: FieldForm,
    window: QWidget,
    points: int,
    language: str,
    field: Callable[[str], QWidget | QLayout],
) -> None:
    text = LETTERS[language]
    name, made = QLabel(text), field(text)
    if isinstance(made, QLayout):
        form.addRow(name, made)
    else:
        form.addRow(name, made)
    name.setBuddy(made if isinstance(made, QWidget) else first_in(made))
    window.resize(460, window.sizeHint().height())
    window.show()
    elsewhere = QLineEdit(window)
    elsewhere.setGeometry(440, 0, 10, 10)
    elsewhere.show()
    elsewhere.setFocus()
    QApplication.processEvents()

    one_line = QLineEdit(window).sizeHint().height()
    item = form.itemAt(0, FieldForm.ItemRole.FieldRole)
    assert item is not None
    area = item.geometry()
    # Within the edge of the field, on its first line, where its first letters are.
    row = area.height() if item.widget() else one_line
    height = min(row - 7, 2 * window.fontMetrics().height())
    first = QRect(area.left() + 5, area.top() + 4, 4 * points, height)
    for ratio in (1.0, 1.25, 2.0):
        picture = painted(window, ratio)
        beside = foot_of_letters(picture, name.geometry(), ratio)
        within = foot_of_letters(picture, first, ratio)
        assert abs(beside - within) <= ratio, (ratio, beside, within)


def test_fields_of_all_kinds_are_as_high(window: QWidget, points: int) -> None:
    layout = QVBoxLayout(window)
    fields = [make("HH") for make in (line, choice, typed_choice, number, decimal)]
    for field in fields:
        assert isinstance(field, QWidget)
        layout.addWidget(field)
    window.show()
    heights = [field.sizeHint().height() for field in fields]
    # Qt rounds the height of the letters down in a line, and up in a choice.
    assert max(heights) - min(heights) <= 1, heights


def test_a_hint_is_as_high_as_its_words(
    qapp: QApplication, form: FieldForm, window: QWidget
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    short = Hint("Chapters shorter than this are not analysed.")
    long = Hint("Chapters shorter than this are not analysed. " * 6)
    for hint in (short, long):
        form.addRow("Name", explained(QLineEdit(), hint))
    window.resize(520, window.sizeHint().height())
    window.show()
    QApplication.processEvents()
    window.resize(520, window.heightForWidth(520))
    for hint in (short, long):
        assert hint.height() == hint.heightForWidth(hint.width())
    assert short.height() < long.height()


def test_every_form_puts_names_on_the_lines_of_their_fields() -> None:
    folder = Path(arboris_desktop.ui.__file__).parent
    own = [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*.py"))
        if "QFormLayout" in path.read_text(encoding="utf-8")
    ]
    assert own == ["widgets/form.py"]


def test_a_hint_stands_below_the_words_of_its_box(
    qapp: QApplication, form: FieldForm, window: QWidget
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    box, hint = QCheckBox("HH"), Hint("HH")
    form.addRow("", explained(box, hint))
    window.resize(300, 80)
    window.show()
    QApplication.processEvents()
    image = window.grab().toImage()

    def first_letter(widget: QWidget, begin: int) -> int:
        area = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
        return min(
            x
            for x in range(area.left() + begin, area.right())
            for y in range(area.top(), area.bottom())
            if image.pixelColor(x, y).lightness() < 150
        )

    assert abs(first_letter(box, 17) - first_letter(hint, 0)) <= 1
    assert hint.alignment() & Qt.AlignmentFlag.AlignTop


@pytest.mark.parametrize("name", ["&Temperature", "&Versions", "Wi&dth", "温度(&T)", "Plain"])
def test_a_name_is_painted_whole(
    points: int, name: str, qtbot: QtBot, form: FieldForm, window: QWidget
) -> None:
    del points
    field = QLineEdit()
    form.addRow(name, field)
    window.show()
    label = form.labelForField(field)
    assert isinstance(label, QLabel)
    assert label.buddy() is field
    assert label.text() == name
    wide = QLabel(name)
    qtbot.addWidget(wide)
    wide.setBuddy(field)
    wide.resize(label.width() + 40, label.height())
    assert last_dark_column(label) == last_dark_column(wide)


def last_dark_column(label: QLabel) -> int:
    image = label.grab().toImage()
    rows, columns = range(image.height()), range(image.width())
    return max(x for x in columns for y in rows if image.pixelColor(x, y).lightness() < DARK)
