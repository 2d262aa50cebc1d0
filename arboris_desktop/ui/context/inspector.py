"""The inspector of a context: its pieces, what was left out, and the exact messages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.context import ContextItem
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.asking.prompt_preview import PromptPreviewView
from arboris_desktop.ui.context.item_panel import ItemPanel
from arboris_desktop.ui.context.item_tree import ItemTree
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.dialogs import TAB_MARGINS
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.wording import error_sentence, kind_of, model_words, overview_name
from arboris_desktop.writing.context.inspection import Inspection


class ContextInspector(Translated, QDialog):
    """Shows an ``Inspection``.

    The author's decisions are emitted by ``choice_made``; whoever stores them shows the new
    inspection.
    """

    choice_made = Signal(object, object)
    """A ``ContextItem``, and a ``Choice``, or ``None`` for the rules."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspection: Inspection | None = None
        self._failure: Exception | None = None
        self._chapter = QLabel()
        self._usage = QProgressBar()
        self._explanation = selectable_label()
        self._summaries = muted(selectable_label())
        self._told, self._left_out = ItemTree(), ItemTree()
        self._item = ItemPanel()
        self._preview = PromptPreviewView()
        self._tabs = QTabWidget()
        self._lay_out()
        self._told.item_chosen.connect(self._item.show_item)
        self._left_out.item_chosen.connect(self._item.show_item)
        self._pieces.currentChanged.connect(self._show_chosen)
        self._item.choice_made.connect(self.choice_made)
        self._retranslate()

    def show_inspection(self, inspection: Inspection) -> None:
        """Shows what would be sent now."""
        self._inspection, self._failure = inspection, None
        context = inspection.context
        self._told.show_items(context.items)
        self._left_out.show_items(context.left_out)
        self._preview.show_preview(inspection.preview)
        self._tabs.setEnabled(True)
        self._show_chosen()
        self._retranslate()

    def show_failure(self, error: Exception) -> None:
        """Shows why it cannot be shown."""
        self._failure = error
        self._tabs.setEnabled(self._inspection is not None)
        self._retranslate()

    def _lay_out(self) -> None:
        self._pieces = QTabWidget()
        self._pieces.addTab(self._told, "")
        self._pieces.addTab(self._left_out, "")
        self._pieces.setDocumentMode(True)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setContentsMargins(TAB_MARGINS)
        halves.addWidget(self._pieces)
        halves.addWidget(self._item)
        halves.setSizes([400, 190])
        halves.setChildrenCollapsible(False)
        self._tabs.addTab(halves, "")
        self._preview.setContentsMargins(TAB_MARGINS)
        self._tabs.addTab(self._preview, "")
        self._tabs.setEnabled(False)
        font = self._chapter.font()
        font.setBold(True)
        self._chapter.setFont(font)
        self._chapter.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        for widget in (self._chapter, self._usage, self._explanation, self._summaries):
            layout.addWidget(widget)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(self._buttons)
        self.resize(900, 740)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("What the model is told"))
        self._tabs.setTabText(0, self.tr("&Pieces"))
        self._tabs.setTabText(1, self.tr("&Exact messages"))
        self._told.setAccessibleName(self.tr("What the model is told"))
        self._left_out.setAccessibleName(self.tr("What was left out"))
        self._usage.setAccessibleName(self.tr("Space used for notes"))
        self._summaries.setVisible(self._inspection is not None)
        self._usage.setVisible(self._inspection is not None)
        if self._failure is not None:
            self._explanation.setText(_words(self._failure))
        elif self._inspection is None:
            self._explanation.setText(self.tr("Reading the book…"))
        else:
            self._show_figures(self._inspection)
        self._name_tabs()

    def _name_tabs(self) -> None:
        context = None if self._inspection is None else self._inspection.context
        told, left_out = (len(context.items), len(context.left_out)) if context else (0, 0)
        self._pieces.setTabText(0, self.tr("&Included ({count})").format(count=told))
        self._pieces.setTabText(1, self.tr("&Left out ({count})").format(count=left_out))

    def _show_figures(self, inspection: Inspection) -> None:
        context, preview = inspection.context, inspection.preview
        chapter = inspection.chapter
        self._chapter.setText(overview_name(chapter))
        self._usage.setRange(0, max(context.budget, 1))
        self._usage.setValue(context.tokens)
        usage = self.tr("{used} of {available} tokens for notes on the book")
        self._usage.setFormat(
            usage.format(used=round_number(context.tokens), available=round_number(context.budget))
        )
        text = self.tr(
            "Instructions, premise and plan take {prompt} tokens, {answer} are kept free for the "
            "chapter. {provider} can take {context} in all. However long the book becomes, it is "
            "told no more than this."
        )
        self._explanation.setText(
            text.format(
                prompt=round_number(inspection.prompt_tokens),
                answer=round_number(preview.answer_tokens or 0),
                provider=model_words(preview.provider),
                context=round_number(preview.context_tokens),
            )
        )
        self._show_summaries(inspection)

    def _show_summaries(self, inspection: Inspection) -> None:
        state = inspection.summaries
        parts = [self.tr("Summaries of earlier parts: {made}.").format(made=state.made)]
        if state.due:
            parts.append(
                self.tr("To be made after the next analysis: {due}.").format(due=state.due)
            )
        if state.failure is not None:
            parts.append(self.tr("The last attempt failed:"))
            parts.append(error_sentence(state.failure).what_happened)
        self._summaries.setText(in_a_row(*parts))

    @Slot()
    def _show_chosen(self) -> None:
        tree = self._pieces.currentWidget()
        item: ContextItem | None = tree.chosen() if isinstance(tree, ItemTree) else None
        self._item.show_item(item)


def _words(error: Exception) -> str:
    words = error_sentence(kind_of(error))
    return in_a_row(words.what_happened, words.what_to_do)
