"""The faults of a prompt, and the meanings of its placeholders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from arboris_desktop.llm.prompt_check import PromptProblem
from arboris_desktop.ui.prompts.words import problem
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone


class ProblemList(ToneFrame):
    """Hidden while there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._text = selectable_label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self._text)
        self.hide()

    def show_problems(self, problems: Sequence[PromptProblem]) -> None:
        """Replaces the problems."""
        is_bad = any(not each.is_warning for each in problems)
        self.set_tone(Tone.BAD if is_bad else Tone.WARNING)
        self._text.setText("\n".join(problem(each) for each in problems))
        self.setVisible(bool(problems))

    def text(self) -> str:
        """The text of the list."""
        return self._text.text()
