"""The bar below proposed words: the wish, and the decision."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.chapter.proposal_bar import ProposalBar
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.number_box import NumberBox

_WORDS = (50, 250, 3000)


class ContinuationBar(Translated, ProposalBar):
    """First asks for a wish: the key that opens it sends nothing."""

    preview_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.call_bar = CallBar(can_preview=False)
        self._has_words = self._was_asked = False
        self._build()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._show_buttons()

    @property
    def was_asked(self) -> bool:
        """True if words were requested since the bar was opened."""
        return self._was_asked

    def words(self) -> int:
        """The number of words that are wanted."""
        return self._words.value()

    def instruction(self) -> str:
        """The author's wish."""
        return self._instruction.text().strip()

    def ask(self) -> None:
        """Asks for a wish; nothing was requested yet."""
        self._was_asked = False
        self.call_bar.clear()
        self._instruction.clear()
        self.show_words(False)

    def ask_again(self, words: int, instruction: str) -> None:
        """Shows an earlier request."""
        self.call_bar.clear()
        self._words.setValue(words)
        self._instruction.setText(instruction)
        self._was_asked = True
        self._show_buttons()

    def begin(self) -> None:
        """Shows that words are requested."""
        self._was_asked = True
        self.show_words(False)

    def show_words(self, there: bool) -> None:
        """Offers to keep the words, if there are any."""
        self._has_words = there
        self._show_buttons()

    def take_focus(self) -> None:
        """Moves the focus to the wish."""
        self._instruction.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._instruction.selectAll()

    def _build(self) -> None:
        self._words = NumberBox()
        self._words.setRange(_WORDS[0], _WORDS[2])
        self._words.setSingleStep(50)
        self._words.setValue(_WORDS[1])
        self._instruction = QLineEdit()
        self._preview = QPushButton(icon("info"), "")

    def _lay_out(self) -> None:
        wish = QHBoxLayout()
        wish.setSpacing(8)
        wish.addWidget(self._instruction, 1)
        wish.addWidget(self._words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._keep, self._another, self._drop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.call_bar)
        layout.addLayout(wish)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self._preview.clicked.connect(self.preview_requested)
        self._instruction.returnPressed.connect(self._another.click)
        self.call_bar.retry_requested.connect(self.another_wanted)
        self.call_bar.busy_changed.connect(self._show_buttons)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Proposal for the text at the cursor"))
        self._words.setAccessibleName(self.tr("Length of the proposal"))
        self._words.setPrefix(self.tr("about "))
        self._instruction.setPlaceholderText(self.tr("What should happen? (optional)"))
        self._instruction.setAccessibleName(self.tr("What should happen at the cursor"))
        self._keep.setToolTip(
            self.tr("Make it part of the text; it can be undone like anything that you type")
        )
        self._drop.setToolTip(self.tr("Discard the proposal; the chapter stays as you left it"))
        self._preview.setText(self.tr("What is sent"))
        self._preview.setToolTip(self.tr("The exact messages and their length in tokens"))
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        busy = self.call_bar.is_busy
        self._keep.setVisible(self._was_asked)
        self._offer_keeping(self._has_words)
        self._another.setText(self.tr("Another") if self._was_asked else self.tr("Continue here"))
        self._another.setEnabled(not busy)
        self._name_answers()

    def _name_answers(self) -> None:
        super()._name_answers()
        if not self._was_asked:
            self._drop.setText(self.tr("Cancel (Esc)"))
