"""The colours of the prose page, if they differ from those of the window."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from arboris_desktop.domain.page_look import PageColour
from arboris_desktop.ui.widgets.theme import is_dark, own_colours

_COLOURS = {
    PageColour.PAPER: ("#fdfbf6", "#22201c", "#6c665c"),
    PageColour.SEPIA: ("#f3e7d0", "#43321f", "#7a654b"),
    PageColour.DARK: ("#1c1b1a", "#dcd8d0", "#979087"),
    PageColour.CONTRAST: ("#000000", "#ffffff", "#c8c8c8"),
}
"""For each: paper, ink, and dimmed ink. All have a contrast of at least 4.5 to 1."""

_INKS = (
    QPalette.ColorRole.Text,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.ButtonText,
)

_MARKS = (
    QPalette.ColorRole.Accent,
    QPalette.ColorRole.Highlight,
    QPalette.ColorRole.HighlightedText,
    QPalette.ColorRole.Link,
)
"""Returns the colours above or below the text: those of the theme with the page's brightness."""


def page_palette(colour: PageColour) -> QPalette:
    """Returns the colours that override the palette of the window."""
    own = QPalette()
    if colour is PageColour.WINDOW:
        return own
    paper, ink, dimmed = (QColor(name) for name in _COLOURS[colour])
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        own.setColor(role, paper)
    for role in _INKS:
        own.setColor(role, ink)
    own.setColor(QPalette.ColorRole.PlaceholderText, dimmed)
    for role, mark in own_colours(is_dark(own), _MARKS).items():
        own.setColor(role, mark)
    return own
