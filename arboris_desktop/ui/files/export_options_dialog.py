"""Options of an exported text or document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.publishing import FORMS
from arboris_desktop.exchange.volume_chapters import VolumeChapters
from arboris_desktop.exchange.writing.formats import TEXT_FORMS
from arboris_desktop.exchange.writing.options import (
    COVER_FORM,
    PLAIN_FORM,
    PROJECT_FORM,
    Dress,
    ExportContent,
    ExportOptions,
    LineEnds,
    TextEncoding,
)
from arboris_desktop.ui.files.chapters_field import ChaptersField
from arboris_desktop.ui.files.cover_field import CoverField
from arboris_desktop.ui.publishing.words import platform_name
from arboris_desktop.ui.widgets.form import FieldForm, Hint

_DRESSED = "docx"
"""The format with a choice of layouts."""
_LONGEST_NAME = 60


class ExportOptionsDialog(QDialog):
    """Asks for the options of the format. Open it with ``dialogs.ask``."""

    def __init__(
        self,
        form: str,
        last: ExportOptions,
        parent: QWidget | None = None,
        presets: Mapping[str, ExportOptions] | None = None,
        volumes: Sequence[VolumeChapters] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export options"))
        self._form = form
        self._presets = dict(presets or {})
        self._chapters = ChaptersField(volumes)
        self._chapters.changed.connect(self._check)
        self._build_fields()
        self._build_presets()
        self._show_options(last)
        self._build_buttons()
        self._lay_out()
        # Qt would forget it for a button that is not in a dialog yet.
        self._export.setDefault(True)
        self._offer_what_counts()
        for box in (self._content, self._layout):
            box.currentIndexChanged.connect(self._offer_what_counts)
        self._each.toggled.connect(self._offer_what_counts)
        self.resize(520, self.sizeHint().height())

    def options(self) -> ExportOptions:
        """The author's choices; options of other formats have their defaults."""
        return ExportOptions(
            unwritten_too=self._unwritten.isChecked(),
            chapters=self._chapters.chosen() if self._chapters.isEnabled() else None,
            dress=Dress(self._dress.currentData()),
            encoding=TextEncoding(self._encoding.currentData()),
            line_ends=LineEnds(self._line_ends.currentData()),
            file_per_chapter=self._each.isChecked(),
            publishing=self._layout.currentData(),
            content=ExportContent(self._content.currentData()),
            front=self._front.toPlainText().strip(),
            cover=self._cover.cover(),
        )

    @property
    def has_cover(self) -> bool:
        """True where the file is one that has a cover, and a picture is named for it."""
        return (
            self._form == COVER_FORM and self._cover.isEnabled() and self._cover.cover() is not None
        )

    def tell_cover_unusable(self) -> None:
        """Says that the picture cannot be a cover, for when the dialog is shown again."""
        self._cover.tell_unusable()

    def presets(self) -> dict[str, ExportOptions]:
        """The choices that are stored as presets."""
        return self._presets

    def _build_fields(self) -> None:
        self._content = _choice(
            {
                ExportContent.TEXT: self.tr("The text"),
                ExportContent.OUTLINE: self.tr("The outline"),
                ExportContent.CODEX: self.tr("The codex"),
                ExportContent.COMMENTS: self.tr("My comments"),
            }
        )
        self._about_content, self._about_front = Hint(), Hint()
        self._problem = Hint()
        self._unwritten = QCheckBox(self.tr("&Also planned chapters without a text"))
        self._each = QCheckBox(self.tr("A file for &each chapter, in a new folder"))
        self._dress = _choice(
            {
                Dress.READING: self.tr("Reading copy"),
                Dress.MANUSCRIPT: self.tr("Standard manuscript form"),
            }
        )
        self._layout = QComboBox()
        self._layout.addItem(self.tr("As a book"), None)
        for platform, form in FORMS.items():
            self._layout.addItem(platform_name(platform), form)
        self._encoding = _choice(
            {
                TextEncoding.UTF_8: "UTF-8",
                TextEncoding.UTF_16: "UTF-16",
                TextEncoding.GB18030: "GB18030",
            }
        )
        self._line_ends = _choice(
            {
                LineEnds.LF: self.tr("As usual (LF)"),
                LineEnds.CRLF: self.tr("For old Windows programs (CRLF)"),
            }
        )
        self._front = QPlainTextEdit()
        self._front.setTabChangesFocus(True)
        self._front.setFixedHeight(72)
        self._front.setPlaceholderText(self.tr("A dedication, a motto, rights"))
        self._cover = CoverField()

    def _build_presets(self) -> None:
        self._preset = QComboBox()
        self._preset.setEditable(True)
        self._preset.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._preset.addItems(sorted(self._presets))
        self._preset.setCurrentIndex(-1)
        name = self._preset.lineEdit()
        assert name is not None
        name.setPlaceholderText(self.tr("A name for these choices"))
        name.setMaxLength(_LONGEST_NAME)
        self._keep = QPushButton(self.tr("&Keep"))
        self._forget = QPushButton(self.tr("Fo&rget"))
        for button in (self._keep, self._forget):
            button.setAutoDefault(False)
        self._preset.activated.connect(self._follow_preset)
        self._preset.currentTextChanged.connect(self._offer_buttons)
        self._keep.clicked.connect(self._keep_preset)
        self._forget.clicked.connect(self._forget_preset)
        self._offer_buttons()

    def _show_options(self, options: ExportOptions) -> None:
        self._unwritten.setChecked(options.unwritten_too)
        self._each.setChecked(options.file_per_chapter)
        self._layout.setCurrentIndex(0)
        for place in range(self._layout.count()):
            if self._layout.itemData(place) == options.publishing:
                self._layout.setCurrentIndex(place)
        for box, value in (
            (self._content, options.content),
            (self._dress, options.dress),
            (self._encoding, options.encoding),
            (self._line_ends, options.line_ends),
        ):
            box.setCurrentIndex(box.findData(value.value))
        self._front.setPlainText(options.front)
        self._cover.set_cover(options.cover)

    @Slot()
    def _follow_preset(self) -> None:
        found = self._presets.get(self._preset.currentText())
        if found is not None:
            self._show_options(found)

    @Slot()
    def _keep_preset(self) -> None:
        name = self._preset.currentText().strip()
        if name not in self._presets:
            self._preset.addItem(name)
        self._presets[name] = replace(self.options(), chapters=None)
        self._offer_buttons()

    @Slot()
    def _forget_preset(self) -> None:
        name = self._preset.currentText().strip()
        self._presets.pop(name, None)
        self._preset.removeItem(self._preset.findText(name))
        self._preset.setCurrentIndex(-1)
        self._preset.setEditText("")

    @Slot()
    def _offer_buttons(self) -> None:
        name = self._preset.currentText().strip()
        self._keep.setEnabled(bool(name))
        self._forget.setEnabled(name in self._presets)

    def _build_buttons(self) -> None:
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        text = self.tr("E&xport")
        self._export = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        fields = FieldForm()
        fields.addRow(self.tr("&What"), self._content)
        fields.addRow("", self._about_content)
        fields.addRow(_label_of(self._chapters.line, self.tr("&Chapters")), self._chapters)
        fields.addRow("", self._problem)
        fields.addRow("", self._unwritten)
        fields.addRow("", self._each)
        fields.addRow(self.tr("&Looks"), self._dress)
        fields.addRow(self.tr("&Form of the text"), self._layout)
        fields.addRow(self.tr("E&ncoding"), self._encoding)
        fields.addRow(self.tr("L&ine ends"), self._line_ends)
        fields.addRow(self.tr("Fron&t matter"), self._front)
        fields.addRow("", self._about_front)
        fields.addRow(_label_of(self._cover.line, self.tr("Co&ver")), self._cover)
        presets = QHBoxLayout()
        presets.addWidget(self._preset, 1)
        presets.addWidget(self._keep)
        presets.addWidget(self._forget)
        self._preset_row = (_label_of(self._preset, self.tr("&Preset")), presets)
        fields.setRowVisible(self._content, self._form != PROJECT_FORM)
        fields.setRowVisible(self._each, self._form != PROJECT_FORM)
        fields.setRowVisible(self._cover, self._form == COVER_FORM)
        fields.setRowVisible(self._dress, self._form == _DRESSED)
        fields.setRowVisible(self._layout, self._form == PLAIN_FORM)
        fields.setRowVisible(self._encoding, self._form in TEXT_FORMS)
        fields.setRowVisible(self._line_ends, self._form in TEXT_FORMS)
        fields.addRow(*self._preset_row)
        self._fields = fields
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addLayout(fields)
        layout.addWidget(self._buttons)

    @Slot()
    def _offer_what_counts(self) -> None:
        """Enables the fields that count for the other choices, and says why others do not."""
        is_text = self._form == PROJECT_FORM or self._content.currentData() == ExportContent.TEXT
        is_codex = self._content.currentData() == ExportContent.CODEX
        for field in (self._unwritten, self._each, self._layout):
            field.setEnabled(is_text)
        self._chapters.setEnabled(is_text or not is_codex)
        about_content = "" if is_text else self.tr("The options in grey are only for the text.")
        about_front = self._reason_without_front() if is_text else ""
        self._say(self._about_content, about_content)
        self._say(self._about_front, about_front)
        self._front.setEnabled(is_text and not about_front)
        self._cover.setEnabled(is_text and not about_front)
        self._check()

    def _reason_without_front(self) -> str:
        if self._each.isChecked() and self._form != PROJECT_FORM:
            return self.tr("Chapter files have no title page.")
        is_for_platform = self._form == PLAIN_FORM and self._layout.currentData() is not None
        return self.tr("Text for a platform has no title page.") if is_for_platform else ""

    def _say(self, hint: Hint, words: str) -> None:
        hint.setText(words)
        self._fields.setRowVisible(hint, bool(words))

    @Slot()
    def _check(self) -> None:
        """Reports invalid chapter numbers as they are typed."""
        is_readable = self._chapters.is_readable() or not self._chapters.isEnabled()
        self._say(
            self._problem, "" if is_readable else self.tr("Numbers and ranges, such as 1-20, 25")
        )
        self._export.setEnabled(is_readable)


def _label_of(field: QWidget, words: str) -> QLabel:
    label = QLabel(words)
    label.setBuddy(field)
    return label


def _choice(names: Mapping[StrEnum, str]) -> QComboBox:
    box = QComboBox()
    for value, name in names.items():
        box.addItem(name, value.value)
    return box
