"""A dialog for what applies to every chapter: voice, style samples, rules."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.guide import MAX_RULES, MAX_STYLE_SAMPLES, WritingGuide
from arboris_desktop.ui.guide.sample_list import SampleList
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.dialogs import TAB_MARGINS
from arboris_desktop.ui.widgets.plain_text import plain_label


class GuideDialog(QDialog):
    """Edits the guide of a novel. Open it with ``dialogs.ask``."""

    def __init__(self, guide: WritingGuide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Voice and rules of the novel"))
        self._persona = _text_edit(guide.persona)
        self._persona.setAccessibleName(self.tr("Voice"))
        self._persona.setPlaceholderText(
            self.tr("Such as: an old ferryman who tells it years later, drily, in short sentences.")
        )
        self._samples = SampleList(guide.style_samples)
        self._rules = _text_edit("\n".join(guide.constitution))
        self._rules.setAccessibleName(self.tr("Rules"))
        self._rules.setPlaceholderText(
            self.tr("Such as: nobody in this world can fly.\nThe story never leaves Ida's view.")
        )
        self._tabs = QTabWidget()
        self._add_tab(
            self.tr("&Voice"), self._persona, self.tr("Who tells the story, and how it sounds.")
        )
        self._add_tab(
            self.tr("&Style samples"),
            self._samples,
            self.tr("Up to {count} passages; the model is asked to write in their manner.").format(
                count=MAX_STYLE_SAMPLES
            ),
        )
        self._add_tab(
            self.tr("&Rules"),
            self._rules,
            self.tr(
                "What must always hold, one rule a line, up to {count}. Each new chapter is told "
                "them, and is checked against them afterwards."
            ).format(count=MAX_RULES),
        )
        self._lay_out()

    def guide(self) -> WritingGuide:
        """The author's entries."""
        rules = tuple(self._rules.toPlainText().splitlines())
        return WritingGuide(self._persona.toPlainText(), self._samples.samples(), rules).tidied()

    def _add_tab(self, name: str, widget: QWidget, explanation: str) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(TAB_MARGINS)
        layout.setSpacing(8)
        layout.addWidget(muted(plain_label(explanation)))
        layout.addWidget(widget, 1)
        self._tabs.addTab(page, name)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.tr("S&ave"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(buttons)
        self.resize(680, 460)


def _text_edit(text: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setTabChangesFocus(True)
    return edit
