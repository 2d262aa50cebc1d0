"""All prompts of a novel, one of them open for editing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.prompts.prompt_editor import PromptEditor
from arboris_desktop.ui.prompts.words import prompt_name, prompt_order, prompt_purpose
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.writing.prompt_texts import PromptText

_PROMPT = Qt.ItemDataRole.UserRole


class PromptsDialog(Translated, QDialog):
    """Lists the prompts; the editor's signals report what the author wants done with the shown
    one."""

    leave_requested = Signal()
    """The author closes the dialog with unsaved changes."""
    switch_requested = Signal(object)
    """The author selected another ``PromptText`` with unsaved changes."""

    def __init__(self, prompts: Sequence[PromptText], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = PromptEditor()
        self._list = QListWidget()
        self._explanation = muted(plain_label())
        self._items = [self._item_of(prompt) for prompt in sorted(prompts, key=_place)]
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._list.currentItemChanged.connect(self._switch)
        self._retranslate()
        self._list.setCurrentRow(0)

    def update_prompt(self, prompt: PromptText) -> None:
        """Updates a prompt that was saved or reset."""
        for item in self._items:
            if item.data(_PROMPT).name == prompt.name:
                item.setData(_PROMPT, prompt)
        self._name_items()
        shown = self.editor.prompt
        if shown is not None and shown.name == prompt.name:
            self.editor.show_prompt(prompt)

    def select(self, prompt: PromptText) -> None:
        """Opens a prompt, discarding unsaved changes."""
        self._list.blockSignals(True)
        for item in self._items:
            if item.data(_PROMPT).name == prompt.name:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)
        self.editor.show_prompt(prompt)

    def reject(self) -> None:
        """Closes, or asks first: Escape must not lose what was typed."""
        if self.editor.is_changed:
            self.leave_requested.emit()
        else:
            super().reject()

    def leave(self) -> None:
        """Closes without asking."""
        super().reject()

    def _item_of(self, prompt: PromptText) -> QListWidgetItem:
        item = QListWidgetItem(self._list)
        item.setSizeHint(QSize(0, self._list.fontMetrics().height() + 12))
        item.setData(_PROMPT, prompt)
        return item

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self._list)
        halves.addWidget(self.editor)
        halves.setStretchFactor(1, 1)
        halves.setSizes([230, 700])
        halves.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self._explanation)
        layout.addWidget(halves, 1)
        layout.addWidget(self._buttons)
        self.resize(1000, 720)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Prompts of this novel"))
        self._list.setAccessibleName(self.tr("Prompts"))
        self._explanation.setText(
            self.tr(
                "This is what the model is asked with, in the language of the novel. What you "
                "change counts for this novel only, from the next question on."
            )
        )
        self._name_items()

    def _name_items(self) -> None:
        for item in self._items:
            prompt: PromptText = item.data(_PROMPT)
            name = prompt_name(prompt.name)
            changed = self.tr("{prompt} (changed)").format(prompt=name)
            item.setText(name if prompt.own is None else changed)
            item.setToolTip(prompt_purpose(prompt.name))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _switch(self, item: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        if item is None:
            return
        if self.editor.is_changed and before is not None:
            # The list keeps its selection until the author has answered.
            self._list.blockSignals(True)
            self._list.setCurrentItem(before)
            self._list.blockSignals(False)
            self.switch_requested.emit(item.data(_PROMPT))
        else:
            self.editor.show_prompt(item.data(_PROMPT))


def _place(prompt: PromptText) -> tuple[int, str]:
    return prompt_order(prompt.name)
