"""The author's choices at the top of the preview: names, rule, pattern, encoding."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from arboris_desktop.exchange.correction import AUTOMATIC, NO_HEADINGS, PATTERN_PREFIX
from arboris_desktop.exchange.decoding import ENCODINGS
from arboris_desktop.exchange.preview import ImportPreview
from arboris_desktop.ui.files.import_preview.words import encoding_name, rule_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.form import FieldForm

_TYPING_MILLISECONDS = 400
"""Milliseconds without typing after which a pattern is tried."""


class ImportChoices(Translated, QWidget):
    """Lines of fields; each tells what was chosen."""

    title_typed = Signal(str)
    author_typed = Signal(str)
    rule_chosen = Signal(str)
    encoding_chosen = Signal(object)
    """Returns the name of an encoding; nothing for automatic detection."""

    outline_chosen = Signal(bool)

    def __init__(
        self, *, has_encoding: bool, has_names: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = QLineEdit()
        self._author = QLineEdit()
        self._rule = QComboBox()
        self._pattern = QLineEdit()
        self._pattern.setVisible(False)
        self._encoding = QComboBox()
        self._encoding.addItem("", None)
        for name in ENCODINGS:
            self._encoding.addItem(encoding_name(name), name)
        self._outline = QCheckBox()
        self._labels = [QLabel() for _ in range(4)]
        self._encoding.setVisible(has_encoding)
        self._labels[3].setVisible(has_encoding)
        self._rules: Mapping[str, int] = {}
        self._guessed = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MILLISECONDS)
        self._lay_out(has_names=has_names)
        self._connect()
        self._retranslate()

    def show_preview(self, preview: ImportPreview) -> None:
        """Shows what was found, except in fields being typed in."""
        for field, text in ((self._title, preview.title), (self._author, preview.author)):
            if not field.hasFocus():
                field.setText(text)
        if self._rules != preview.rules:
            self._rules = dict(preview.rules)
            self._fill_rules()
        if self._encoding.currentData() is None and preview.encoding:
            self._guessed = preview.encoding
            self._name_guess()

    def ask_for_encoding(self) -> None:
        """Leads the author to what has to be chosen before there is anything to see."""
        self._encoding.setFocus()

    def _lay_out(self, *, has_names: bool) -> None:
        fields = (self._title, self._author, self._rule, self._encoding)
        for label, field in zip(self._labels, fields, strict=True):
            label.setBuddy(field)
        names = QHBoxLayout()
        names.addWidget(self._title, 3)
        names.addWidget(self._labels[1])
        names.addWidget(self._author, 2)
        rules = QHBoxLayout()
        rules.addWidget(self._rule, 2)
        rules.addWidget(self._pattern, 3)
        rules.addStretch(1)
        rules.addWidget(self._labels[3])
        rules.addWidget(self._encoding)
        layout = FieldForm(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addRow(self._labels[0], names)
        layout.addRow(self._labels[2], rules)
        layout.addRow("", self._outline)
        layout.setRowVisible(names, has_names)

    def _connect(self) -> None:
        self._title.textEdited.connect(self.title_typed)
        self._author.textEdited.connect(self.author_typed)
        self._rule.activated.connect(self._choose_rule)
        self._pattern.textEdited.connect(self._typing.start)
        self._pattern.returnPressed.connect(self._try_pattern)
        self._typing.timeout.connect(self._try_pattern)
        self._encoding.activated.connect(self._choose_encoding)
        self._outline.toggled.connect(self.outline_chosen)

    @Slot()
    def _choose_rule(self) -> None:
        rule = str(self._rule.currentData())
        is_pattern = rule == PATTERN_PREFIX
        self._pattern.setVisible(is_pattern)
        if is_pattern:
            self._pattern.setFocus()
        else:
            self.rule_chosen.emit(rule)

    @Slot()
    def _try_pattern(self) -> None:
        self._typing.stop()
        if self._pattern.text().strip():
            self.rule_chosen.emit(PATTERN_PREFIX + self._pattern.text())

    @Slot()
    def _choose_encoding(self) -> None:
        self.encoding_chosen.emit(self._encoding.currentData())

    def _fill_rules(self) -> None:
        chosen = self._rule.currentData()
        with QSignalBlocker(self._rule):
            self._rule.clear()
            for rule in (AUTOMATIC, *self._rules, NO_HEADINGS, PATTERN_PREFIX):
                self._rule.addItem(rule_name(rule, self._rules.get(rule, 0)), rule)
            self._rule.setCurrentIndex(max(self._rule.findData(chosen), 0))

    def _name_guess(self) -> None:
        guess = self.tr("Guessed: {encoding}").format(encoding=encoding_name(self._guessed))
        self._encoding.setItemText(0, guess if self._guessed else self.tr("Guessed"))

    def _retranslate(self) -> None:
        texts = (self.tr("&Title"), self.tr("&Author"), self.tr("&Headings"), self.tr("&Encoding"))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self._outline.setText(self.tr("The file is an &outline: its texts are plans"))
        self._outline.setToolTip(
            self.tr("What stands below a heading becomes the plan of that chapter or volume")
        )
        self._pattern.setPlaceholderText(self.tr("For example: ^Episode (\\d+)"))
        self._pattern.setAccessibleName(self.tr("Pattern"))
        self._fill_rules()
        self._name_guess()
