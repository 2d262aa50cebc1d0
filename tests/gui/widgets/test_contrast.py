"""The contrasts of WCAG 2: words 4.5 to 1, parts of the window and marks 3 to 1.

They are computed from the palettes, for both themes of the window and each colour of the page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.page_look import PageColour
from arboris_desktop.domain.settings import ColourScheme
from arboris_desktop.resources import read_text
from arboris_desktop.ui.chapter.editor.proposed_text import GROUND_ALPHA
from arboris_desktop.ui.chapter.editor.text_marks import COMMENT_ALPHA, REVEALED_ALPHA
from arboris_desktop.ui.widgets.page_colours import page_palette
from arboris_desktop.ui.widgets.theme import Tone, apply_theme, tone_colours
from tests.gui.widgets.test_theme import contrast

WORDS, PARTS = 4.5, 3.0
FAINT = 2.5
"""WCAG asks nothing of what is disabled; it must still be seen to be there."""

R = QPalette.ColorRole
SCHEMES = (ColourScheme.LIGHT, ColourScheme.DARK)
FILES = {ColourScheme.LIGHT: "light", ColourScheme.DARK: "dark"}

pytestmark = pytest.mark.parametrize("scheme", SCHEMES)


@pytest.fixture
def palette(qapp: QApplication, scheme: ColourScheme) -> Iterator[QPalette]:
    apply_theme(qapp, scheme)
    yield qapp.palette()
    apply_theme(qapp, ColourScheme.LIGHT)


@pytest.fixture
def page(palette: QPalette, colour: PageColour) -> QPalette:
    """The palette of an editor in this window, on a page of this colour."""
    return page_palette(colour).resolve(palette)


def colours_of(scheme: ColourScheme) -> dict[str, QColor]:
    theme = tomllib.loads(read_text("themes", f"{FILES[scheme]}.toml"))
    return {name: QColor(value) for name, value in (theme["palette"] | theme["extra"]).items()}


def over(ground: QColor, colour: QColor, alpha: int) -> QColor:
    """The colour that is seen where a transparent one lies on a ground."""
    share = alpha / 255

    def mixed(one: float, other: float) -> float:
        return share * one + (1 - share) * other

    return QColor.fromRgbF(
        mixed(colour.redF(), ground.redF()),
        mixed(colour.greenF(), ground.greenF()),
        mixed(colour.blueF(), ground.blueF()),
    )


@pytest.mark.parametrize("colour", PageColour)
def test_words_can_be_read_on_every_page_and_under_every_mark(page: QPalette) -> None:
    paper, ink, accent = page.color(R.Base), page.color(R.Text), page.color(R.Accent)
    grounds = {
        "paper": paper,
        "a place that was found": QColor(tone_colours(page, Tone.WARNING).ground),
        "the words of a comment": over(paper, accent, COMMENT_ALPHA),
        "what a model proposes": over(paper, accent, GROUND_ALPHA),
        "the words of a finding": over(paper, accent, REVEALED_ALPHA),
    }
    measured = {name: round(contrast(ink, ground), 2) for name, ground in grounds.items()}
    assert {name: is_ for name, is_ in measured.items() if is_ < WORDS} == {}


@pytest.mark.parametrize("colour", PageColour)
def test_dimmed_and_selected_words_can_be_read_on_every_page(page: QPalette) -> None:
    assert contrast(page.color(R.PlaceholderText), page.color(R.Base)) >= WORDS
    assert contrast(page.color(R.HighlightedText), page.color(R.Highlight)) >= WORDS


@pytest.mark.parametrize("colour", PageColour)
def test_lines_below_words_can_be_seen_on_every_page(page: QPalette) -> None:
    paper, accent = page.color(R.Base), page.color(R.Accent)
    lines = {
        "spelling": (QColor(tone_colours(page, Tone.BAD).text), paper),
        "a comment": (accent, over(paper, accent, COMMENT_ALPHA)),
        "a name of the codex": (page.color(R.PlaceholderText), paper),
    }
    measured = {name: round(contrast(*pair), 2) for name, pair in lines.items()}
    assert {name: is_ for name, is_ in measured.items() if is_ < PARTS} == {}


@pytest.mark.parametrize("tone", Tone)
def test_words_to_watch_and_what_differs_can_be_read(palette: QPalette, tone: Tone) -> None:
    colours = tone_colours(palette, tone)
    assert contrast(QColor(colours.text), QColor(colours.ground)) >= WORDS


def test_edges_of_fields_and_boxes_can_be_seen(scheme: ColourScheme) -> None:
    colours = colours_of(scheme)
    for ground in ("Base", "Window", "AlternateBase"):
        assert contrast(colours["FieldEdge"], colours[ground]) >= PARTS, ground


def test_the_ring_of_the_keyboard_can_be_seen(scheme: ColourScheme) -> None:
    colours = colours_of(scheme)
    for ground in ("Base", "Window", "Button"):
        assert contrast(colours["Accent"], colours[ground]) >= PARTS, ground
    # Around a button that is of the accent itself, the ring is of the ink.
    assert contrast(colours["WindowText"], colours["Window"]) >= PARTS


def test_words_on_the_accent_can_be_read(scheme: ColourScheme) -> None:
    colours = colours_of(scheme)
    for ground in ("Accent", "AccentHover"):
        assert contrast(colours["AccentText"], colours[ground]) >= WORDS, ground
    assert contrast(colours["Base"], colours["Accent"]) >= WORDS


def test_handles_of_scroll_bars_can_be_seen_on_every_page(scheme: ColourScheme) -> None:
    handle = colours_of(scheme)["FieldEdge"]
    for colour in PageColour:
        paper = page_palette(colour).color(R.Base)
        if colour is not PageColour.WINDOW:
            assert contrast(handle, paper) >= PARTS, colour


@pytest.mark.parametrize("role", [R.WindowText, R.Text, R.ButtonText])
def test_what_is_disabled_can_still_be_seen(palette: QPalette, role: R) -> None:
    faint = palette.color(QPalette.ColorGroup.Disabled, role)
    for ground in (R.Window, R.Base, R.Button):
        assert contrast(faint, palette.color(ground)) >= FAINT


@pytest.mark.parametrize(
    ("file", "role"), [("down", "Text"), ("up", "Text"), ("tick", "AccentText")]
)
def test_drawings_of_fields_have_the_colours_of_their_theme(
    scheme: ColourScheme, file: str, role: str
) -> None:
    drawing = read_text("themes", f"{FILES[scheme]}-{file}.svg")
    assert f'stroke="{colours_of(scheme)[role].name()}"' in drawing
