"""A few lines of prose in the look of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.ui.i18n import window_language
from arboris_desktop.ui.widgets.page_colours import page_palette
from arboris_desktop.ui.widgets.prose_look import ProseLook, StoredText, dress_stored

_HEIGHT = 126
"""Height for some lines of the usual size; larger text is scrolled."""


class PageSample(StoredText):
    """Shows text in both languages, that of the window first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._points = PageLook(), 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(12)
        self.setFixedHeight(_HEIGHT)

    def show_look(self, look: PageLook, points: int) -> None:
        """Shows the sample with this look and font size."""
        self._look, self._points = look, points
        for paper in (self, self.viewport()):
            paper.setPalette(page_palette(look.colour))
        words = self.tr(
            "“There’s always a tide,” she said, and closed the book. Outside, the sea went out.\n\n"
            "雾从河面上来，贴着青石板往巷子里漫。"
        )
        prose = ProseLook(window_language(), points, page=look)
        self.setFont(prose.font())
        self.setPlainText(words)
        dress_stored(self, prose)
        self.setAccessibleName(self.tr("Sample of the page"))
