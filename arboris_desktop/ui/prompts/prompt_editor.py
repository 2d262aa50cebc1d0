"""One prompt: the author's text, ours, and what would be sent."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.llm.prompt_check import check_prompt
from arboris_desktop.llm.prompts import parse_prompt
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.ui.asking.prompt_preview import PromptPreviewView
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.prompts.problem_list import ProblemList
from arboris_desktop.ui.prompts.words import placeholder, prompt_name, prompt_purpose
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.dialogs import TAB_MARGINS
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.writing.call_events import PromptPreview
from arboris_desktop.writing.prompt_texts import PromptText

CHECK_MILLISECONDS = 250
_EDIT, _OURS, _PREVIEW = range(3)


class PromptEditor(Translated, QWidget):
    """Edits one prompt. It is checked while the author types; only a usable one can be saved."""

    save_requested = Signal(object, str)
    """A ``PromptText``, and the text to replace it."""
    reset_requested = Signal(object)
    """A ``PromptText``."""
    preview_requested = Signal(object, str)
    """A ``PromptText``, and the text to test."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt: PromptText | None = None
        self._check_later = QTimer(self)
        self._check_later.setSingleShot(True)
        self._check_later.setInterval(CHECK_MILLISECONDS)
        self._check_later.timeout.connect(self.check)
        self._name = QLabel()
        self._purpose = muted(selectable_label())
        self._text, self._ours = _text_edit(), _text_edit()
        self._ours.setReadOnly(True)
        self._placeholders = selectable_label()
        self._problems = ProblemList()
        self._count = muted(QLabel())
        self._preview = PromptPreviewView()
        self._preview_failure = selectable_label()
        self._save, self._reset = QPushButton(), QPushButton()
        self._lay_out()
        self._text.textChanged.connect(self._note_change)
        self._save.clicked.connect(self._ask_to_save)
        self._reset.clicked.connect(self._ask_to_reset)
        self._tabs.currentChanged.connect(self._show_tab)
        self._retranslate()

    @property
    def prompt(self) -> PromptText | None:
        """The prompt being edited."""
        return self._prompt

    @property
    def is_changed(self) -> bool:
        """True if there are unsaved changes."""
        return self._prompt is not None and self._text.toPlainText() != self._prompt.text

    def show_prompt(self, prompt: PromptText) -> None:
        """Shows a prompt for editing, discarding unsaved changes."""
        self._prompt = prompt
        self._text.setPlainText(prompt.text)
        self._ours.setPlainText(prompt.ours)
        self._tabs.setCurrentIndex(_EDIT)
        self._name_prompt()
        self.check()

    def show_preview(self, prompt: PromptText, preview: PromptPreview) -> None:
        """Shows what would be sent, if the prompt is still the one being edited."""
        if self._is_about(prompt):
            self._preview_failure.hide()
            self._preview.show_preview(preview)
            self._preview.show()

    def show_preview_failure(self, prompt: PromptText, reason: str) -> None:
        """Shows why the preview is not available."""
        if self._is_about(prompt):
            self._preview.hide()
            self._preview_failure.setText(reason)
            self._preview_failure.show()

    def text(self) -> str:
        """The author's text."""
        return self._text.toPlainText()

    @Slot()
    def check(self) -> None:
        """Shows the faults of the text, and its length."""
        self._check_later.stop()
        if self._prompt is None:
            return
        problems = check_prompt(self.text(), self._prompt.ours)
        usable = all(each.is_warning for each in problems)
        self._problems.show_problems(problems)
        self._save.setEnabled(usable and self.is_changed)
        self._reset.setEnabled(self._prompt.own is not None or self.is_changed)
        self._tabs.setTabEnabled(_PREVIEW, usable)
        count = round_number(estimate_tokens(self.text()))
        text = self.tr("About {count} tokens before the placeholders are filled in.")
        self._count.setText(text.format(count=count))

    def _lay_out(self) -> None:
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        edit = QWidget()
        column = QVBoxLayout(edit)
        column.setContentsMargins(TAB_MARGINS)
        column.setSpacing(8)
        column.addWidget(self._text, 1)
        column.addWidget(self._problems)
        column.addWidget(self._placeholders)
        preview = QWidget()
        column = QVBoxLayout(preview)
        column.setContentsMargins(TAB_MARGINS)
        column.addWidget(self._preview_failure)
        column.addWidget(self._preview, 1)
        self._preview_failure.hide()
        self._tabs = QTabWidget()
        ours = QWidget()
        column = QVBoxLayout(ours)
        column.setContentsMargins(TAB_MARGINS)
        column.addWidget(self._ours)
        for page in (edit, ours, preview):
            self._tabs.addTab(page, "")
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        for button in (self._reset, self._save):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(self._name)
        layout.addWidget(self._purpose)
        layout.addWidget(self._tabs, 1)
        layout.addLayout(row)

    def _retranslate(self) -> None:
        self._tabs.setTabText(_EDIT, self.tr("Your &text"))
        self._tabs.setTabText(_OURS, self.tr("&Our text"))
        self._tabs.setTabText(_PREVIEW, self.tr("What is &sent"))
        self._text.setAccessibleName(self.tr("Your text of the prompt"))
        self._ours.setAccessibleName(self.tr("Our text of the prompt"))
        self._save.setText(self.tr("Sa&ve"))
        self._reset.setText(self.tr("&Reset to ours"))
        self._reset.setToolTip(self.tr("Use our text again for this novel"))
        if self._prompt is not None:
            self._name_prompt()
            self.check()

    def _name_prompt(self) -> None:
        assert self._prompt is not None
        self._name.setText(prompt_name(self._prompt.name))
        self._purpose.setText(prompt_purpose(self._prompt.name))
        names = sorted(parse_prompt(self._prompt.ours).placeholders())
        each = self.tr("${name}: {meaning}")
        told = (each.format(name=name, meaning=placeholder(name)) for name in names)
        self._placeholders.setText(" · ".join(told))
        self._placeholders.setAccessibleName(self.tr("Placeholders"))

    def _is_about(self, prompt: PromptText) -> bool:
        return self._prompt is not None and self._prompt.name == prompt.name

    @Slot()
    def _note_change(self) -> None:
        self._check_later.start()

    @Slot(int)
    def _show_tab(self, tab: int) -> None:
        if tab == _PREVIEW and self._prompt is not None:
            self.preview_requested.emit(self._prompt, self.text())

    @Slot()
    def _ask_to_save(self) -> None:
        self.check()
        if self._save.isEnabled():
            self.save_requested.emit(self._prompt, self.text())

    @Slot()
    def _ask_to_reset(self) -> None:
        self.reset_requested.emit(self._prompt)


def _text_edit() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    return edit
