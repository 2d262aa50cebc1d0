"""Splitting a plan into two: by the author at the cursor, or by the model."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.outline import ChapterPlan
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.words import short_name
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.icons import icon


class SplitDialog(Translated, QDialog):
    """Both halves can be edited before they are accepted."""

    divide_requested = Signal()
    """The model should split the plan, following ``instruction``."""

    preview_requested = Signal()

    def __init__(
        self,
        chapter: ChapterPlan,
        first_plan: str,
        second_plan: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chapter = chapter
        self.call_bar = CallBar(can_preview=False)
        self._halves = [_Half(), _Half()]
        self.show_halves((chapter.title, first_plan), ("", second_plan))
        self._build()
        self.call_bar.busy_changed.connect(self._enable)
        for half in self._halves:
            half.changed.connect(self._enable)
        self._retranslate()
        self._enable()

    def show_instruction(self, instruction: str) -> None:
        """Shows an earlier request."""
        self._wishes.setText(instruction)

    def show_halves(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        """Shows titles and plans of both halves."""
        for half, texts in zip(self._halves, (first, second), strict=True):
            half.show_texts(*texts)

    def halves(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Titles and plans as they are now."""
        first, second = self._halves
        return first.texts(), second.texts()

    def instruction(self) -> str:
        """The author's instruction to the model."""
        return self._wishes.text().strip()

    def _build(self) -> None:
        self._wishes = QLineEdit()
        self._divide = QPushButton(icon("write"), "")
        self._divide.setAutoDefault(False)
        self._divide.clicked.connect(self.divide_requested)
        self._preview = QPushButton(icon("info"), "")
        self._preview.setAutoDefault(False)
        self._preview.clicked.connect(self.preview_requested)
        self.call_bar.retry_requested.connect(self.divide_requested)
        self._buttons = OkCancel(self)
        model = QHBoxLayout()
        model.addWidget(self._wishes, 1)
        model.addWidget(self._divide)
        model.addWidget(self._preview)
        pair = QHBoxLayout()
        for half in self._halves:
            pair.addWidget(half, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(model)
        layout.addWidget(self.call_bar)
        layout.addLayout(pair, 1)
        layout.addWidget(self._buttons)
        self.resize(760, 420)

    def _retranslate(self) -> None:
        text = self.tr("Split {chapter}")
        self.setWindowTitle(text.format(chapter=short_name(self._chapter)))
        self._wishes.setPlaceholderText(self.tr("Wishes for the model; may stay empty"))
        self._wishes.setAccessibleName(self.tr("Wishes for the model"))
        self._divide.setText(self.tr("Let the model divide it"))
        self._preview.setText(self.tr("What is sent"))
        self._buttons.ok.setText(self.tr("Split in two"))
        names = (self.tr("First chapter"), self.tr("Second chapter"))
        labels = (
            (self.tr("&Title"), self.tr("&What happens")),
            (self.tr("T&itle"), self.tr("W&hat happens")),
        )
        for half, name, (title, plan) in zip(self._halves, names, labels, strict=True):
            half.setTitle(name)
            half.retranslate(title, plan)

    @Slot()
    def _enable(self) -> None:
        busy = self.call_bar.is_busy
        self._divide.setEnabled(not busy)
        self._buttons.ok.setEnabled(not busy and any(any(half) for half in self.halves()[1:]))


class _Half(QGroupBox):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title_label, self._title = QLabel(), QLineEdit()
        self._plan_label, self._plan = QLabel(), QPlainTextEdit()
        self._plan.setTabChangesFocus(True)
        self._title_label.setBuddy(self._title)
        self._plan_label.setBuddy(self._plan)
        self._title.textChanged.connect(self.changed)
        self._plan.textChanged.connect(self.changed)
        layout = QVBoxLayout(self)
        for widget in (self._title_label, self._title, self._plan_label, self._plan):
            layout.addWidget(widget)

    def show_texts(self, title: str, plan: str) -> None:
        self._title.setText(title)
        self._plan.setPlainText(plan)

    def texts(self) -> tuple[str, str]:
        return self._title.text().strip(), self._plan.toPlainText().strip()

    def retranslate(self, title: str, plan: str) -> None:
        self._title_label.setText(title)
        self._plan_label.setText(plan)
