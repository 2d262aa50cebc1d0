"""Choices about a book that is written out as text or as a document."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.chapter_numbers import parse_chapter_numbers
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.publishing import FORMS
from arboris_desktop.exchange.writing.formats import TEXT_FORMS
from arboris_desktop.exchange.writing.options import (
    Dress,
    ExportOptions,
    LineEnds,
    TextEncoding,
)
from arboris_desktop.ui.publishing.words import platform_name
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label

_DRESSED = "docx"
"""The format that has dresses."""
_PLAIN = "txt"
"""The format that platforms take."""


class ExportOptionsDialog(QDialog):
    """Asks for what the format leaves open. Open it with ``dialogs.ask``."""

    def __init__(self, form: str, last: ExportOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export options"))
        self._form = form
        self._build_fields(last)
        self._build_buttons()
        self._lay_out()
        # Of a button that is in no dialog yet, Qt would forget it.
        self._export.setDefault(True)
        self._check()
        self.resize(440, self.sizeHint().height())

    def options(self) -> ExportOptions:
        """The author's choices; what does not concern the format is as usual."""
        chapters = self._chapters.text().strip()
        return ExportOptions(
            unwritten_too=self._unwritten.isChecked(),
            chapters=frozenset(parse_chapter_numbers(chapters)) if chapters else None,
            dress=Dress(self._dress.currentData()),
            encoding=TextEncoding(self._encoding.currentData()),
            line_ends=LineEnds(self._line_ends.currentData()),
            file_per_chapter=self._each.isChecked(),
            publishing=self._layout.currentData(),
        )

    def _build_fields(self, last: ExportOptions) -> None:
        self._chapters = QLineEdit()
        self._chapters.setPlaceholderText(self.tr("All; or such as 1-20, 25"))
        self._chapters.textChanged.connect(self._check)
        self._problem = muted(plain_label())
        self._unwritten = QCheckBox(self.tr("&Also planned chapters without a text"))
        self._unwritten.setChecked(last.unwritten_too)
        self._each = QCheckBox(self.tr("A file for &each chapter, in a new folder"))
        self._each.setChecked(last.file_per_chapter)
        self._dress = _choice(
            {
                Dress.READING: self.tr("A copy to read"),
                Dress.MANUSCRIPT: self.tr("Standard manuscript form"),
            },
            last.dress,
        )
        self._layout = QComboBox()
        self._layout.addItem(self.tr("As a book"), None)
        for platform, form in FORMS.items():
            self._layout.addItem(platform_name(platform), form)
            if form == last.publishing:
                self._layout.setCurrentIndex(self._layout.count() - 1)
        self._encoding = _choice(
            {
                TextEncoding.UTF_8: "UTF-8",
                TextEncoding.UTF_16: "UTF-16",
                TextEncoding.GB18030: "GB18030",
            },
            last.encoding,
        )
        self._line_ends = _choice(
            {
                LineEnds.LF: self.tr("As usual (LF)"),
                LineEnds.CRLF: self.tr("For old Windows programs (CRLF)"),
            },
            last.line_ends,
        )

    def _build_buttons(self) -> None:
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        text = self.tr("E&xport")
        self._export = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.addRow(self.tr("&Chapters"), self._chapters)
        fields.addRow("", self._problem)
        fields.addRow("", self._unwritten)
        fields.addRow("", self._each)
        fields.addRow(self.tr("&Looks"), self._dress)
        fields.addRow(self.tr("&Form of the text"), self._layout)
        fields.addRow(self.tr("E&ncoding"), self._encoding)
        fields.addRow(self.tr("L&ine ends"), self._line_ends)
        fields.setRowVisible(self._dress, self._form == _DRESSED)
        fields.setRowVisible(self._layout, self._form == _PLAIN)
        fields.setRowVisible(self._encoding, self._form in TEXT_FORMS)
        fields.setRowVisible(self._line_ends, self._form in TEXT_FORMS)
        self._fields = fields
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addLayout(fields)
        layout.addWidget(self._buttons)

    @Slot()
    def _check(self) -> None:
        """Chapter numbers that cannot be read are told while they are typed."""
        chapters = self._chapters.text().strip()
        try:
            parse_chapter_numbers(chapters or "1")
            problem = ""
        except RuleError:
            problem = self.tr("Numbers and ranges, such as 1-20, 25")
        self._problem.setText(problem)
        self._fields.setRowVisible(self._problem, bool(problem))
        self._export.setEnabled(not problem)


def _choice(names: dict[StrEnum, str], chosen: StrEnum) -> QComboBox:
    box = QComboBox()
    for value, name in names.items():
        box.addItem(name, value.value)
    box.setCurrentIndex(box.findData(chosen.value))
    return box
