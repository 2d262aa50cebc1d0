"""Everything about one task: what happened, what is safe, what to do, and its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.domain.tasks import AnalysisTask, TaskFailure, TaskStatus
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.notices.words import notification_words
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.tasks.activities import Activity
from arboris_desktop.ui.tasks.words import title_of
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label, selectable_label
from arboris_desktop.ui.widgets.raw_answer import RawAnswer
from arboris_desktop.ui.wording import (
    duration,
    error_kind,
    error_sentence,
    model_words,
    step,
    task_status,
    when,
)

_HISTORY = 20
"""Failed attempts that are listed; more tell nothing new."""


class TaskDetails(Translated, QScrollArea):
    """Shows a task and its failed attempts; all text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity: Activity | None = None
        self._failures: Sequence[TaskFailure] = ()
        self._title = _heading()
        self._state = muted(plain_label())
        self._happened, self._safe, self._to_do, self._technical = (_Paragraph() for _ in range(4))
        self._found = selectable_label()
        self._history_title = _heading()
        self._history: list[_Paragraph] = []
        self._facts = muted(selectable_label())
        self._more = QToolButton()
        self._more.setCheckable(True)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.toggled.connect(self._unfold)
        self._folded = QWidget()
        self._lay_out()
        self.clear()

    def task_id(self) -> int | None:
        """The id of the task shown."""
        return self._task.id if self._task else None

    @property
    def _task(self) -> AnalysisTask | None:
        return self._activity.task if self._activity else None

    def clear(self) -> None:
        """Shows only what it is for."""
        self._activity = None
        self._failures = ()
        self._show()

    def show_activity(self, activity: Activity) -> None:
        """Shows a task and its notifications; the history of another task is cleared."""
        if self._activity is None or activity.key != self._activity.key:
            self._failures = ()
        self._activity = activity
        self._show()

    def show_failures(self, failures: Sequence[TaskFailure]) -> None:
        """Shows the failed attempts of the current task, the newest first."""
        self._failures = sorted(failures, key=lambda failure: failure.created_at, reverse=True)
        self._show()

    def text(self) -> str:
        """All text in it, for copying and for tests."""
        parts = [self._title.text(), self._state.text(), self._facts.text()]
        parts += [self._found.text()] if not self._found.isHidden() else []
        parts += [paragraph.text() for paragraph in self._paragraphs() if paragraph.text()]
        return "\n".join(parts)

    def history(self) -> list[str]:
        """The text about each failed attempt, the newest first."""
        return [f"{paragraph.heading()}\n{paragraph.text()}" for paragraph in self._history]

    def _retranslate(self) -> None:
        self._show()

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._state)
        layout.addWidget(self._found)
        for paragraph in (self._happened, self._safe, self._to_do):
            layout.addWidget(paragraph)
        layout.addWidget(self._more)
        layout.addWidget(self._folded)
        self._lay_out_folded()
        layout.addStretch()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Details of the task"))
        self._unfold(False)

    def _lay_out_folded(self) -> None:
        folded = QVBoxLayout(self._folded)
        folded.setContentsMargins(0, 0, 0, 0)
        folded.setSpacing(6)
        folded.addWidget(self._facts)
        folded.addWidget(self._technical)
        folded.addWidget(self._history_title)
        self._history_layout = QVBoxLayout()
        folded.addLayout(self._history_layout)

    @Slot(bool)
    def _unfold(self, unfold: bool) -> None:
        self._folded.setVisible(unfold)
        self._more.setArrowType(Qt.ArrowType.DownArrow if unfold else Qt.ArrowType.RightArrow)

    def _paragraphs(self) -> tuple[_Paragraph, ...]:
        return (self._happened, self._safe, self._to_do, self._technical)

    def _show(self) -> None:
        hidden = (self._state, self._more, self._found, *self._paragraphs(), self._history_title)
        for widget in hidden:
            widget.hide()
        self._drop_history()
        self._more.setText(self.tr("Details"))
        if self._activity is None:
            self._title.setText(self.tr("Choose a task to see what happened to it."))
            return
        self._title.setText(title_of(self._activity))
        if (task := self._task) is None:
            self._show_found()
            return
        self._state.setText(self._state_words(task))
        self._state.show()
        self._facts.setText(self._fact_words(task))
        self._more.show()
        if task.status is TaskStatus.COMPLETED and self._activity.notice is not None:
            self._show_found()
        elif task.error_type and task.status is not TaskStatus.COMPLETED:
            self._show_error(task.error_type, task.error_message or "")
        if self._failures:
            self._show_history()

    def _show_found(self) -> None:
        assert self._activity is not None
        assert self._activity.notice is not None
        self._found.setText(notification_words(self._activity.notice)[1])
        self._found.show()

    def _state_words(self, task: AnalysisTask) -> str:
        parts = [task_status(task.status), when(task.updated_at)]
        if task.current_step and task.status is not TaskStatus.COMPLETED:
            parts.insert(1, step(task.current_step))
        return " · ".join(parts)

    def _fact_words(self, task: AnalysisTask) -> str:
        begun = task.retry_count + (task.status is not TaskStatus.PENDING)
        parts = [self.tr("Priority {priority}").format(priority=task.priority)]
        if task.duration_seconds is not None:
            parts.append(duration(task.duration_seconds))
        if begun:
            tries = self.tr("Attempt {number} of {all}")
            parts.insert(0, tries.format(number=begun, all=task.max_retries + 1))
        if task.spent.tokens:
            tokens = self.tr("{count} tokens", "", task.spent.tokens)
            parts.append(tokens.format(count=round_number(task.spent.tokens)))
        return " · ".join(parts)

    def _show_error(self, error_type: str, message: str) -> None:
        words = error_sentence(error_kind(error_type))
        self._happened.show_words(self.tr("What happened"), words.what_happened)
        self._safe.show_words(self.tr("What is safe"), words.what_is_safe)
        self._to_do.show_words(self.tr("What to do"), words.what_to_do)
        self._technical.show_words(self.tr("Technical detail"), f"{error_type}: {message}")

    def _show_history(self) -> None:
        self._history_title.setText(self.tr("Failed attempts"))
        self._history_title.show()
        for failure in self._failures[:_HISTORY]:
            words = error_sentence(error_kind(failure.error_type)).what_happened
            paragraph = _Paragraph()
            self._history_layout.addWidget(paragraph)
            paragraph.show_words(
                self._attempt_words(failure), f"{words}\n{failure.error_message}".strip()
            )
            paragraph.show_answer(failure.raw_answer)
            self._history.append(paragraph)

    def _attempt_words(self, failure: TaskFailure) -> str:
        parts = [
            self.tr("Attempt {number}").format(number=failure.attempt),
            when(failure.created_at),
        ]
        if failure.step:
            parts.append(step(failure.step))
        if failure.provider:
            provider = f"({model_words(failure.provider)})"
            parts.append(" ".join(filter(None, (failure.model, provider))))
        return " · ".join(parts)

    def _drop_history(self) -> None:
        for paragraph in self._history:
            self._history_layout.removeWidget(paragraph)
            paragraph.hide()
            paragraph.deleteLater()
        self._history.clear()


class _Paragraph(QWidget):
    """Adds a muted heading and a text below it."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = muted(plain_label())
        self._text = selectable_label()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 6, 0, 0)
        self._layout.setSpacing(1)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self._text)

    def show_words(self, heading: str, text: str) -> None:
        self._heading.setText(heading)
        self._text.setText(text)
        self._text.setAccessibleName(heading)
        self.show()

    def show_answer(self, answer: str) -> None:
        """Adds what the model had sent, if anything."""
        if answer:
            raw = RawAnswer(self)
            raw.show_answer(answer)
            self._layout.addWidget(raw)

    def heading(self) -> str:
        return self._heading.text()

    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""


def _heading() -> QLabel:
    label = selectable_label()
    font = QFont(label.font())
    font.setBold(True)
    label.setFont(font)
    return label
