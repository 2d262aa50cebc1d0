"""Asking which chapters should be planned again, with the consequences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.outline import ChapterPlan, ChapterRange, ranges_of
from arboris_desktop.domain.regeneration import OpenThread, RegenerationImpact
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.range_fields import RangeFields
from arboris_desktop.ui.outline.words import chapter_count
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone
from arboris_desktop.ui.wording import bracketed

_SHOWN = 6


class RegeneratePlansDialog(Translated, QDialog):
    """A range and wishes; below them, what stays, what is replaced, and what depends on it."""

    impact_requested = Signal(object)
    """The ``ChapterRange`` for which ``show_impact`` should be called."""

    preview_requested = Signal()

    def __init__(
        self,
        within: ChapterRange,
        chapters: Sequence[ChapterPlan] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._impact: RegenerationImpact | None = None
        self.fields = RangeFields(within, chapters)
        self._stays, self._checked = selectable_label(), muted(selectable_label())
        self._warning = selectable_label()
        self._frame = ToneFrame(Tone.WARNING)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self._warning)
        self._buttons = OkCancel(self)
        self._preview = QPushButton(icon("info"), "")
        self._buttons.addButton(self._preview, QDialogButtonBox.ButtonRole.ActionRole)
        self._preview.clicked.connect(self.preview_requested)
        self.fields.changed.connect(self._ask_impact)
        layout = QVBoxLayout(self)
        for widget in (self.fields, self._stays, self._frame, self._checked):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.resize(600, 460)
        self._retranslate()

    def show_impact(self, impact: RegenerationImpact) -> None:
        """Shows the consequences for a range; ignores an answer for another range."""
        if impact.range == self.fields.range():
            self._impact = impact
            self._say()

    def text(self) -> str:
        """The text about the consequences."""
        return "\n".join((self._stays.text(), self._warning.text(), self._checked.text()))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Plan chapters again"))
        self._buttons.ok.setText(self.tr("Plan again"))
        self._preview.setText(self.tr("What is sent"))
        self._checked.setText(
            self.tr(
                "Checked: which chapters have text, and the open foreshadowing and contradictions"
                " of the codex. Nobody has read the texts for it. The new plans are shown beside"
                " the old ones, with the names that would be lost, before anything is replaced."
            )
        )
        self._say()

    def _ask_impact(self) -> None:
        self._impact = None
        self._say()
        self.impact_requested.emit(self.fields.range())

    def _say(self) -> None:
        impact = self._impact
        self._buttons.ok.setEnabled(impact is not None and bool(impact.planned))
        self._preview.setEnabled(self._buttons.ok.isEnabled())
        if impact is None:
            self._stays.setText(self.tr("Looking…"))
            self._frame.hide()
            return
        self._stays.setText("\n".join(self._stay_lines(impact)))
        warnings = self._warning_lines(impact) if impact.planned else []
        self._warning.setText("\n".join(warnings))
        self._frame.setVisible(bool(warnings))

    def _stay_lines(self, impact: RegenerationImpact) -> list[str]:
        lines = []
        if impact.planned:
            text = self.tr("Planned again: {numbers} ({chapters}).")
            numbers, count = _numbers(impact.planned), chapter_count(len(impact.planned))
            lines.append(text.format(numbers=numbers, chapters=count))
        else:
            lines.append(self.tr("All of these chapters have text: nothing would be planned."))
        if impact.kept:
            text = self.tr("Left alone, since they have text: {numbers}.")
            lines.append(text.format(numbers=_numbers_of(impact.kept)))
        return lines

    def _warning_lines(self, impact: RegenerationImpact) -> list[str]:
        lines = []
        if impact.kept:
            text = self.tr("The new plans could contradict what is written in {numbers}.")
            lines.append(text.format(numbers=_numbers_of(impact.kept)))
        if impact.later_written:
            text = self.tr("Written later, and so perhaps relying on the old plans: {numbers}.")
            lines.append(text.format(numbers=_numbers_of(impact.later_written)))
        if impact.seeds:
            text = self.tr("Open foreshadowing planted or due here: {names}.")
            lines.append(text.format(names=_names(impact.seeds)))
        if impact.alerts:
            text = self.tr("Open contradictions here or later: {names}.")
            lines.append(text.format(names=_names(impact.alerts)))
        return lines


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, ranges_of(numbers)))


def _numbers_of(chapters: Sequence[ChapterPlan]) -> str:
    return _numbers([chapter.number for chapter in chapters])


def _names(threads: Sequence[OpenThread]) -> str:
    names = [bracketed(each.name, _numbers(each.chapters)) for each in threads[:_SHOWN]]
    return "; ".join(names) + (" …" if len(threads) > _SHOWN else "")
