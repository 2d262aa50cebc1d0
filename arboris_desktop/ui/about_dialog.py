"""A dialog about the program: its version, its licence, and the location of the author's data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSysInfo, Qt, QUrl, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.ui.about_facts import AboutFacts
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.form import FieldForm
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.open_address import open_address
from arboris_desktop.ui.widgets.plain_text import plain_label, selectable_label

_PICTURE = 64


class AboutDialog(QDialog):
    """Shows the facts. Open it with ``dialogs.ask``."""

    def __init__(
        self,
        facts: AboutFacts,
        parent: QWidget | None = None,
        opening: Callable[[QUrl], bool] = open_address,
    ) -> None:
        super().__init__(parent)
        self._facts = facts
        self._open_address = opening
        self.setWindowTitle(self.tr("About Arboris Desktop"))
        self._note = muted(plain_label())
        self._note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(16)
        layout.addLayout(self._heading())
        layout.addLayout(self._details())
        layout.addWidget(self._note)
        layout.addStretch()
        buttons = self._buttons()
        layout.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        self.resize(560, 0)

    def _heading(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(icon("app").pixmap(_PICTURE, _PICTURE))
        name = selectable_label(
            self.tr("Arboris Desktop {version}").format(version=self._facts.version)
        )
        font = name.font()
        font.setPointSizeF(font.pointSizeF() + 4)
        font.setBold(True)
        name.setFont(font)
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(
            plain_label(
                self.tr(
                    "A studio for writing long novels with a language model, on your own machine."
                )
            )
        )
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _details(self) -> FieldForm:
        form = FieldForm()
        form.addRow(self.tr("Licence"), plain_label(self.tr("MIT, open source")))
        form.addRow(
            self.tr("Runs on"),
            selectable_label(f"Qt {qVersion()} · {QSysInfo.prettyProductName()}"),
        )
        if self._facts.server is not None:
            form.addRow(self.tr("Your novels"), _place(self._facts.server))
        form.addRow(self.tr("Your data"), _place(str(self._facts.data_folder)))
        form.addRow("", self._open_button(self.tr("Open &Folder"), self._facts.data_folder))
        if self._facts.third_party is not None:
            words = self.tr("Arboris contains works by others, each under its own licence.")
            form.addRow(self.tr("Works by others"), plain_label(words))
            form.addRow("", self._open_button(self.tr("Open the &List"), self._facts.third_party))
        return form

    def _open_button(self, words: str, path: Path) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self._open(path))
        return button

    def _open(self, path: Path) -> None:
        if not self._open_address(QUrl.fromLocalFile(str(path))):
            self._note.setText(
                self.tr("No program on this computer can open it. It is here: {path}").format(
                    path=path
                )
            )
            self._note.show()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        return buttons


def _place(words: str) -> QLineEdit:
    """Used in place of a label: a path has no spaces to wrap at, and must be copied exactly."""
    place = QLineEdit(words)
    place.setReadOnly(True)
    place.setCursorPosition(0)
    return place
