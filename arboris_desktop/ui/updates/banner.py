"""The unobtrusive line that announces a newer version."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import Banner
from arboris_desktop.ui.widgets.theme import Tone


class UpdateBanner(Translated, Banner):
    """Announces a version until the author has decided; never covers the text."""

    notes_requested = Signal()
    page_requested = Signal()
    skip_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        self._version = ""
        self._notes = QPushButton()
        self._notes.clicked.connect(self.notes_requested)
        self._page = QPushButton()
        self._page.clicked.connect(self.page_requested)
        self._skip = QPushButton()
        self._skip.clicked.connect(self.skip_requested)
        self._lay_out(self._notes, self._page, self._skip)
        self._retranslate()

    def show_version(self, version: str) -> None:
        """Announces this version."""
        self._version = version
        self._retranslate()
        self._announce()

    def _retranslate(self) -> None:
        self._words.setText(
            self.tr("Arboris Desktop {version} is available.").format(version=self._version)
        )
        self._notes.setText(self.tr("What Is New"))
        self._page.setText(self.tr("Open the Download Page"))
        self._skip.setText(self.tr("Skip This Version"))
        self._close.setToolTip(self.tr("Not now"))
        self._close.setAccessibleName(self.tr("Not now"))
        self.setAccessibleName(self._words.text())
