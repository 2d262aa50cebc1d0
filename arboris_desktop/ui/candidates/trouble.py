"""The notice of a candidate that ended early: the reason, and the way to the cure."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from arboris_desktop.domain.candidates import UNFINISHED, Candidate, CandidateStatus
from arboris_desktop.domain.errors import CURES, ErrorKind
from arboris_desktop.ui.candidates.column_state import advice
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.cure_button import CureButton
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.raw_answer import RawAnswer
from arboris_desktop.ui.widgets.theme import Tone


class CandidateTrouble(Translated, ToneFrame):
    """Passive. Hidden while there is nothing to show."""

    cure_requested = Signal(object)
    """The ``Cure`` for the problem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._candidate: Candidate | None = None
        self._advice = selectable_label()
        self._detail = muted(selectable_label())
        self._raw = RawAnswer()
        self._cure = CureButton()
        self._cure.cure_requested.connect(self.cure_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self._advice)
        layout.addWidget(self._detail)
        layout.addWidget(self._raw)
        row = QHBoxLayout()
        row.addWidget(self._cure)
        row.addStretch(1)
        layout.addLayout(row)
        self.hide()

    def show_candidate(self, candidate: Candidate, *, is_growing: bool) -> None:
        """Shows why a candidate ended early, if it did."""
        ended_early = not is_growing and candidate.status in UNFINISHED
        self._candidate = candidate if ended_early else None
        failed = candidate.status is CandidateStatus.FAILED
        self.set_tone(Tone.BAD if failed else Tone.WARNING)
        answer = candidate.raw_answer if ended_early else ""
        if answer != self._raw.text():
            self._raw.show_answer(answer)
        self._retranslate()
        self.setVisible(ended_early)

    def text(self) -> str:
        """The text of the notice."""
        return "\n".join(part for part in (self._advice.text(), self._detail.text()) if part)

    @property
    def _kind(self) -> ErrorKind | None:
        candidate = self._candidate
        failed = candidate is not None and candidate.status is CandidateStatus.FAILED
        return candidate.error_kind if candidate is not None and failed else None

    def _retranslate(self) -> None:
        candidate = self._candidate
        if candidate is None:
            return
        self._advice.setText(advice(candidate))
        detail = candidate.error_message if self._kind is not None else ""
        said = self.tr("In its own words: {detail}").format(detail=detail)
        self._detail.setText(said if detail else "")
        self._detail.setVisible(bool(detail))
        self._cure.show_cure(CURES.get(self._kind) if self._kind is not None else None)
