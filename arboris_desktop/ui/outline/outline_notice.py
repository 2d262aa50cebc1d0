"""A notice about problems of the outline, with buttons that fix them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from arboris_desktop.domain.outline import ChapterRange, OutlineProblems
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone

_SHOWN = 4


class OutlineNotice(Translated, ToneFrame):
    """Names gaps, repetitions and chapters out of order; hidden if there are none."""

    fill_requested = Signal(object)
    """A ``ChapterRange`` that has missing chapters."""

    renumber_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._problems = OutlineProblems()
        self._text = selectable_label()
        self._fill = QPushButton(icon("write"), "")
        self._renumber = QPushButton(icon("check"), "")
        self._fill.clicked.connect(self._ask_fill)
        self._renumber.clicked.connect(self.renumber_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._renumber)
        layout.addWidget(self._fill)
        self._retranslate()

    def show_problems(self, problems: OutlineProblems) -> None:
        """Shows the problems; hidden if there are none."""
        self._problems = problems
        self._say()

    def text(self) -> str:
        """The words of the notice."""
        return self._text.text()

    def _retranslate(self) -> None:
        self._fill.setText(self.tr("Plan missing chapters"))
        self._fill.setToolTip(self.tr("Let the model plan the missing chapters"))
        self._renumber.setText(self.tr("Number in this order"))
        self._say()

    def _say(self) -> None:
        found = self._problems
        lines = []
        if found.gaps:
            numbers = _list([str(gap) for gap in found.gaps])
            lines.append(self.tr("Missing chapters: {numbers}.").format(numbers=numbers))
        if found.repeated_titles:
            text = self.tr("The same title: {numbers}.")
            lines.append(text.format(numbers=_list(_joined(found.repeated_titles))))
        if found.repeated_plans:
            text = self.tr("The same plan: {numbers}.")
            lines.append(text.format(numbers=_list(_joined(found.repeated_plans))))
        if found.misplaced:
            text = self.tr("Not in the order of their numbers: {numbers}.")
            lines.append(text.format(numbers=_list([str(n) for n in found.misplaced])))
        self._text.setText(in_a_row(*lines))
        self._fill.setVisible(bool(found.gaps))
        self._renumber.setVisible(bool(found.misplaced))
        self.setVisible(bool(lines))

    def _ask_fill(self) -> None:
        gaps = self._problems.gaps
        if gaps:
            self.fill_requested.emit(ChapterRange(gaps[0].first, gaps[-1].last))


def _joined(groups: Sequence[Sequence[int]]) -> list[str]:
    return ["=".join(map(str, group)) for group in groups]


def _list(parts: list[str]) -> str:
    return ", ".join(parts[:_SHOWN]) + (" …" if len(parts) > _SHOWN else "")
