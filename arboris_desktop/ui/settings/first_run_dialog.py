"""The first question: which model should write? One click is enough to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.server_presets import LocalServer
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.ui.i18n import window_language
from arboris_desktop.ui.settings.local_servers import FindServers, LocalServers
from arboris_desktop.ui.settings.provider_page import Probe, ProviderPage
from arboris_desktop.ui.settings.shelf_panel import MakeShelf
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label

_PICTURE = 48


class FirstRunDialog(QDialog):
    """Offers what is available: servers on this computer, any other, and the built-in
    demonstration.

    In a Chinese window the demonstration, which writes only English, comes last. Open it with
    ``dialogs.ask``.
    """

    def __init__(
        self,
        probe: Probe,
        find: FindServers | None = None,
        make_shelf: MakeShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Welcome to Arboris Desktop"))
        self._chosen: ProviderSettings | None = None
        self._is_chinese = window_language() is Language.CHINESE
        self._found = LocalServers(find)
        self._found.chosen.connect(self._on_found)
        self._page = ProviderPage(probe, make_shelf=make_shelf)
        self._page.set_settings(ProviderSettings(kind=ProviderKind.OPENAI_COMPATIBLE), False)
        self._page.complete_changed.connect(self._on_complete)
        self._build_buttons()
        self._lay_out()
        self._on_complete(self._page.is_complete())
        if self._is_chinese:
            self._page.setFocus()
        else:
            self._use_built_in.setDefault(True)
            self._use_built_in.setFocus()
        self.resize(620, 750)

    def settings(self) -> ProviderSettings:
        """The provider chosen, with ``configured`` true."""
        return self._chosen or self._page.settings()

    def key(self) -> str | None:
        """The key entered for it; ``None`` if there is none to store."""
        return None if self._chosen else self._page.key()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keeps Enter in a field of the other provider from choosing the built-in one."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._page.isAncestorOf(self.focusWidget()):
            event.accept()
            return
        super().keyPressEvent(event)

    def _build_buttons(self) -> None:
        self._use_built_in = QPushButton(self.tr("Use the built-in demonstration &now"))
        self._use_built_in.setAutoDefault(not self._is_chinese)
        self._use_built_in.clicked.connect(self._on_built_in)
        self._use_page = QPushButton(self.tr("&Use this model"))
        self._use_page.setAutoDefault(False)
        self._use_page.clicked.connect(self.accept)
        self._later = QPushButton(self.tr("Not now"))
        self._later.setAutoDefault(False)
        self._later.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(12)
        layout.addLayout(self._welcome())
        layout.addWidget(self._found)
        server, demonstration = self._server_part(), self._demonstration_part()
        parts = (server, demonstration) if self._is_chinese else (demonstration, server)
        for part in parts:
            layout.addWidget(_line())
            layout.addLayout(part, 1 if part is server else 0)
        bottom = QHBoxLayout()
        bottom.addWidget(self._later)
        bottom.addStretch()
        bottom.addWidget(self._use_page)
        layout.addLayout(bottom)

    def _server_part(self) -> QVBoxLayout:
        part = QVBoxLayout()
        part.addWidget(_heading(self.tr("A service, a server, or a model for this computer"), 1))
        part.addWidget(self._scrolled(), 1)
        return part

    def _demonstration_part(self) -> QVBoxLayout:
        part = QVBoxLayout()
        part.addWidget(
            plain_label(
                self.tr(
                    "A very small model is built in as a demonstration: it needs no account and no "
                    "network and shows how everything works, but writes English only, and no "
                    "sentence to keep."
                )
            )
        )
        part.addWidget(self._use_built_in, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _welcome(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(icon("app").pixmap(_PICTURE, _PICTURE))
        words = QVBoxLayout()
        words.addWidget(_heading(self.tr("Which model shall write with you?"), 4))
        words.addWidget(
            plain_label(
                self.tr(
                    "What is written is as good as the model that writes it. You can change this "
                    "at any time in the settings."
                )
            )
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setObjectName("bare")
        area.setWidget(self._page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    @Slot()
    def _on_built_in(self) -> None:
        self._chosen = ProviderSettings(kind=ProviderKind.BUILT_IN, configured=True)
        self.accept()

    @Slot(object, str)
    def _on_found(self, server: LocalServer, model: str) -> None:
        self._chosen = ProviderSettings(
            ProviderKind.OPENAI_COMPATIBLE, server.base_url, model, configured=True
        )
        self.accept()

    @Slot(bool)
    def _on_complete(self, complete: bool) -> None:
        self._use_page.setEnabled(complete)


def _heading(text: str, larger_by: int) -> QLabel:
    label = plain_label(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() + larger_by)
    font.setBold(True)
    label.setFont(font)
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line
