"""The page of the looks: what is chosen is seen in the sample at once."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.page_look import SANS_SERIF, PageColour
from arboris_desktop.domain.settings import ColourScheme, InterfaceSettings
from arboris_desktop.ui.settings.interface_page import InterfacePage
from arboris_desktop.ui.settings.page_sample import PageSample
from arboris_desktop.ui.widgets.page_colours import page_palette
from arboris_desktop.ui.widgets.theme import apply_theme

ELSEWHERE = InterfaceSettings(prose_family="Letters of Another Computer")


def make(qtbot: QtBot, settings: InterfaceSettings) -> tuple[InterfacePage, PageSample]:
    page = InterfacePage(settings)
    qtbot.addWidget(page)
    sample = page.findChild(PageSample)
    assert sample is not None
    return page, sample


def choose(page: InterfacePage, value: object) -> None:
    (field,) = (each for each in page.findChildren(QComboBox) if each.findData(value) >= 0)
    field.setCurrentIndex(field.findData(value))


def test_the_sample_follows_what_is_chosen(qtbot: QtBot) -> None:
    page, sample = make(qtbot, InterfaceSettings())
    assert QFontInfo(sample.font()).family() in ("Source Serif 4", "Source Serif Pro")
    choose(page, SANS_SERIF)
    assert page.value().prose_family == SANS_SERIF
    assert QFontInfo(sample.font()).family() == QFontInfo(QFont()).family()
    choose(page, PageColour.SEPIA)
    sepia = page_palette(PageColour.SEPIA).color(QPalette.ColorRole.Base)
    assert sample.viewport().palette().color(QPalette.ColorRole.Base) == sepia
    page._font.setValue(21)
    assert sample.font().pointSize() == 21
    lines = sample.document().firstBlock().blockFormat().lineHeight()
    page._line.setValue(240)
    assert sample.document().firstBlock().blockFormat().lineHeight() > lines


def test_a_family_of_another_computer_is_kept(qtbot: QtBot) -> None:
    page, _sample = make(qtbot, ELSEWHERE)
    assert page.value() == ELSEWHERE
    assert page._family.currentText() == "Letters of Another Computer (not on this computer)"
    choose(page, "")
    assert page.value() == InterfaceSettings()


def test_the_sample_is_whole_at_the_usual_size(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    page, sample = make(qtbot, InterfaceSettings())
    page.resize(560, 560)
    page.show()
    qapp.processEvents()
    assert sample.verticalScrollBar().maximum() == 0
