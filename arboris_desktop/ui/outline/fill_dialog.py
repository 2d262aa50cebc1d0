"""Asking which missing chapters the model should plan."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.outline import ChapterRange, Outline
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.range_fields import RangeFields
from arboris_desktop.ui.outline.words import chapter_count
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label

_PROPOSED = 10


class FillDialog(Translated, QDialog):
    """A range and wishes. Only chapters with neither plan nor text will be planned."""

    preview_requested = Signal()

    def __init__(
        self, outline: Outline, within: ChapterRange | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._outline = outline
        self.fields = RangeFields(within or _proposal(outline), outline.chapters)
        self._count = plain_label()
        self._buttons = OkCancel(self)
        self._preview = QPushButton(icon("info"), "")
        self._buttons.addButton(self._preview, QDialogButtonBox.ButtonRole.ActionRole)
        self._preview.clicked.connect(self.preview_requested)
        self.fields.changed.connect(self._say_count)
        layout = QVBoxLayout(self)
        layout.addWidget(self.fields)
        layout.addWidget(self._count)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.resize(520, 260)
        self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Fill in chapters"))
        self._buttons.ok.setText(self.tr("Plan"))
        self._preview.setText(self.tr("What is sent"))
        self._say_count()

    @Slot()
    def _say_count(self) -> None:
        missing = len(self._outline.to_be_planned(self.fields.range()))
        if missing:
            text = self.tr("{chapters} without a plan will be planned; all others stay.")
            self._count.setText(text.format(chapters=chapter_count(missing)))
        else:
            self._count.setText(self.tr("All of these chapters have a plan or a text."))
        self._buttons.ok.setEnabled(missing > 0)
        self._preview.setEnabled(missing > 0)


def _proposal(outline: Outline) -> ChapterRange:
    """Returns everything missing up to the planned end, otherwise the next chapters."""
    last = max(outline.length, outline.last_number)
    missing = outline.to_be_planned(ChapterRange(1, last)) if last else ()
    if missing:
        return ChapterRange(missing[0], missing[-1])
    return ChapterRange(last + 1, last + _PROPOSED)
