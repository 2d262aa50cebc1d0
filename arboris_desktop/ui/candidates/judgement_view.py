"""The view of an evaluation's judgement of one candidate."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from arboris_desktop.domain.candidates import CandidateJudgement, Criterion, Remark
from arboris_desktop.text.prose import one_line
from arboris_desktop.ui.candidates.words import criterion_name
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import selectable_label


class JudgementView(QScrollArea):
    """Scores, then what is good and what is not, each with its quotation. Hidden without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judgement: CandidateJudgement | None = None
        self._scores = muted(selectable_label())
        self._heads = {name: QLabel() for name in ("pros", "cons")}
        self._remarks = {name: selectable_label() for name in self._heads}
        self._shortened = muted(selectable_label())
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(self._scores)
        for name, head in self._heads.items():
            font = head.font()
            font.setBold(True)
            head.setFont(font)
            layout.addWidget(head)
            layout.addWidget(self._remarks[name])
        layout.addWidget(self._shortened)
        layout.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    def show_judgement(self, judgement: CandidateJudgement | None) -> None:
        """Shows what is said of a candidate, or nothing."""
        self._judgement = judgement
        self._show()

    def text(self) -> str:
        """All that is shown."""
        labels = (self._scores, self._remarks["pros"], self._remarks["cons"], self._shortened)
        return "\n".join(label.text() for label in labels if label.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        self.setAccessibleName(self.tr("Evaluation of this version"))
        self._heads["pros"].setText(self.tr("What is good"))
        self._heads["cons"].setText(self.tr("What is not"))
        judgement = self._judgement
        self.setVisible(judgement is not None)
        if judgement is None:
            return
        scores = judgement.scores
        self._scores.setText(
            " · ".join(
                f"{criterion_name(each)} {scores[each]}" for each in Criterion if each in scores
            )
        )
        self._show_remarks("pros", judgement.pros)
        self._show_remarks("cons", judgement.cons)
        note = self.tr("The model could not be shown the whole text: the middle was left out.")
        self._shortened.setText(note if judgement.was_shortened else "")
        self._shortened.setVisible(judgement.was_shortened)

    def _show_remarks(self, name: str, remarks: tuple[Remark, ...]) -> None:
        self._heads[name].setVisible(bool(remarks))
        self._remarks[name].setVisible(bool(remarks))
        self._remarks[name].setText("\n".join(self._words(remark) for remark in remarks))

    def _words(self, remark: Remark) -> str:
        quotation = one_line(remark.quotation)
        if not quotation:
            return self.tr("• {remark}").format(remark=remark.text)
        if remark.is_supported:
            text = self.tr("• {remark} “{quotation}”")
        else:
            text = self.tr("• {remark} (unsupported: “{quotation}” is not in the text)")
        return text.format(remark=remark.text, quotation=quotation)
