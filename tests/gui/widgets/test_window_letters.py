"""Chinese words in the fields of a Chinese window, where the system's font has no Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import ColourScheme, InterfaceLanguage
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.widgets.number_box import DecimalBox, NumberBox
from arboris_desktop.ui.widgets.prose_font import window_families
from arboris_desktop.ui.widgets.theme import apply_theme

WORDS = "国更"
_FRAME, _ARROWS = 3, 30
_CONTRAST = 70


@pytest.fixture
def chinese_window(application: QApplication) -> Iterator[QApplication]:
    apply_theme(application, ColourScheme.LIGHT)
    translations = Translations(application)
    translations.apply(InterfaceLanguage.CHINESE)
    yield application
    translations.clear()


def typed() -> QWidget:
    return QLineEdit(WORDS)


def hinted() -> QWidget:
    field = QLineEdit()
    field.setPlaceholderText(WORDS)
    return field


def whole_number() -> QWidget:
    field = NumberBox()
    field.setPrefix(WORDS)
    return field


def decimal_number() -> QWidget:
    field = DecimalBox()
    field.setPrefix(WORDS)
    return field


def choice() -> QWidget:
    field = QComboBox()
    field.addItem(WORDS)
    return field


def rows_of_letters(field: QWidget) -> tuple[int, int]:
    """The first and the last row of pixels with letters, within the frame."""
    image = field.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    width, height = image.width(), image.height()
    rows = {
        y: [image.pixelColor(x, y).lightness() for x in range(2 * _FRAME, width - _ARROWS)]
        for y in range(_FRAME, height - _FRAME)
    }
    inked = [y for y, row in rows.items() if max(row) - min(row) > _CONTRAST]
    return inked[0], inked[-1]


def height_of_letters(field: QWidget) -> float:
    """The distance of the letters' middle from that of the field."""
    first, last = rows_of_letters(field)
    assert first > _FRAME, "they are cut"
    assert last < field.height() - 1 - _FRAME, "they are cut"
    return (first + last) / 2 - (field.height() - 1) / 2


@pytest.mark.usefixtures("chinese_window")
@pytest.mark.parametrize("make", [typed, whole_number, decimal_number, choice])
def test_words_stand_as_high_as_the_hint_in_an_empty_field(
    qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    heights = []
    for field in (make(), hinted()):
        qtbot.addWidget(field)
        field.ensurePolished()
        field.resize(120, field.sizeHint().height())
        heights.append(height_of_letters(field))
    assert abs(heights[0] - heights[1]) <= 1


def test_another_language_brings_the_font_of_the_system_back(application: QApplication) -> None:
    translations = Translations(application)
    points = application.font().pointSizeF()
    translations.apply(InterfaceLanguage.CHINESE)
    assert application.font().families() == window_families(Language.CHINESE)
    assert application.font().pointSizeF() == points
    translations.apply(InterfaceLanguage.ENGLISH)
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    assert application.font().family() == QFont(system).family()
    translations.clear()


def test_a_chinese_window_begins_with_chinese_letters_if_there_are_any(
    application: QApplication,
) -> None:
    del application
    simplified = QFontDatabase.WritingSystem.SimplifiedChinese
    first = window_families(Language.CHINESE)[0]
    has_any = bool(QFontDatabase.families(simplified))
    if not has_any:
        assert window_families(Language.CHINESE) == window_families(Language.ENGLISH)
    elif first != window_families(Language.ENGLISH)[0]:
        assert simplified in QFontDatabase.writingSystems(first)
