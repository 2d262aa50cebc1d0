from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.theme import Tone, apply_theme, is_dark, tone_colours

SCHEMES = (ColourScheme.LIGHT, ColourScheme.DARK)
R = QPalette.ColorRole
PAIRS = (
    (R.WindowText, R.Window),
    (R.Text, R.Base),
    (R.Text, R.AlternateBase),
    (R.ButtonText, R.Button),
    (R.HighlightedText, R.Highlight),
    (R.ToolTipText, R.ToolTipBase),
    (R.PlaceholderText, R.Base),
    (R.PlaceholderText, R.Window),
    (R.Link, R.Base),
    (R.Link, R.Window),
    (R.LinkVisited, R.Base),
    (R.Accent, R.Window),
)


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(
    qapp: QApplication, scheme: ColourScheme, text: R, ground: R
) -> None:
    apply_theme(qapp, scheme)
    palette = qapp.palette()
    assert contrast(palette.color(text), palette.color(ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tone", Tone)
def test_tones_stand_out_from_their_ground(
    qapp: QApplication, scheme: ColourScheme, tone: Tone
) -> None:
    apply_theme(qapp, scheme)
    colours = tone_colours(qapp.palette(), tone)
    assert contrast(QColor(colours.text), QColor(colours.ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tone", Tone)
def test_window_and_quiet_words_can_stand_on_every_tone(
    qapp: QApplication, scheme: ColourScheme, tone: Tone
) -> None:
    apply_theme(qapp, scheme)
    ground = QColor(tone_colours(qapp.palette(), tone).ground)
    for role in (R.WindowText, R.PlaceholderText):
        assert contrast(qapp.palette().color(role), ground) >= 4.5


def test_light_and_dark_differ(qapp: QApplication) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    assert not is_dark(qapp.palette())
    apply_theme(qapp, ColourScheme.DARK)
    assert is_dark(qapp.palette())


def test_the_system_scheme_is_light_unless_the_system_says_dark(qapp: QApplication) -> None:
    apply_theme(qapp, ColourScheme.DARK)
    apply_theme(qapp, ColourScheme.SYSTEM)
    assert not is_dark(qapp.palette())


def test_a_new_window_is_drawn_in_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, ColourScheme.DARK)
    window = QWidget()
    qtbot.addWidget(window)
    drawn = window.grab().toImage().pixelColor(5, 5)
    assert drawn.name() == qapp.palette().window().color().name()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("document_mode", [False, True])
def test_the_chosen_tab_is_underlined(
    qtbot: QtBot, qapp: QApplication, scheme: ColourScheme, document_mode: bool
) -> None:
    apply_theme(qapp, scheme)
    bar = QTabBar()
    qtbot.addWidget(bar)
    bar.setDocumentMode(document_mode)
    bar.addTab("Idea")
    bar.addTab("Outline")
    bar.setCurrentIndex(1)
    bar.adjustSize()

    picture = bar.grab().toImage()
    feet = [bar.tabRect(place) for place in (0, 1)]
    colours = [picture.pixelColor(foot.center().x(), foot.bottom() - 1) for foot in feet]

    accent = qapp.palette().color(R.Accent)
    assert colours[1].name() == accent.name()
    assert colours[0].name() != accent.name()


@pytest.mark.parametrize("has_sheet", [True, False])
def test_a_heading_keeps_its_letters_when_the_colours_change(
    qapp: QApplication, qtbot: QtBot, has_sheet: bool
) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    if not has_sheet:
        qapp.setStyleSheet("")
    heading = QLabel("1. The Misprint")
    qtbot.addWidget(heading)
    heading.show()
    qapp.processEvents()
    font = QFont(heading.font())
    font.setPointSize(23)
    font.setBold(True)
    heading.setFont(font)
    for scheme in (ColourScheme.DARK, ColourScheme.LIGHT):
        apply_theme(qapp, scheme)
        qapp.processEvents()
        assert (heading.font().pointSize(), heading.font().bold()) == (23, True)


def test_buttons_are_as_high_with_an_icon_as_without(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, ColourScheme.LIGHT)
    plain, drawn = QPushButton("Try again"), QPushButton(icon("settings"), "Settings")
    for button in (plain, drawn):
        qtbot.addWidget(button)
        button.show()
    assert plain.sizeHint().height() == drawn.sizeHint().height()
