"""Title, summary and size of the selected volume, saved as they are typed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from arboris_desktop.domain.outline import MOST_CHAPTERS, VolumePlan
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.outline_rows import VolumeRow
from arboris_desktop.ui.outline.plan_edit import PlanEdit
from arboris_desktop.ui.outline.words import group_name
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.number_box import NumberBox
from arboris_desktop.ui.widgets.plain_text import plain_label


class VolumeForm(Translated, QWidget):
    """Shows one volume at a time; see ``ChapterPlanForm``."""

    edited = Signal(object)
    """The ``VolumePlan`` as typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: VolumeRow | None = None
        self._volume: VolumePlan | None = None
        self._failure = ""
        self._edits = TypedEdits(self)
        self._build()
        self._retranslate()

    def show_volume(self, row: VolumeRow, volume: VolumePlan) -> None:
        """Shows a volume, or its changes if it is shown already."""
        another = self._volume is None or volume.id != self._volume.id
        if another:
            self._edits.flush_typed()
            self._failure = ""
        self._row, self._volume = row, volume
        if another:
            self._begin_with(cast(VolumePlan, self._edits.unsaved(volume.id) or volume))
        elif not self._edits.is_pending(volume.id):
            self._fill(volume)
        self._say_name()

    def show_nothing(self) -> None:
        """Shows no volume; what was typed is still reported."""
        self._edits.flush_typed()
        self._row = self._volume = None
        self._begin_with(VolumePlan(0))

    @property
    def has_unsaved_edits(self) -> bool:
        """True if any typed text may not be saved yet."""
        return self._edits.is_any_pending

    def flush(self) -> None:
        """Reports what was typed at once."""
        self._edits.flush()

    def show_failure(self, volume_id: int, what: str) -> None:
        """Shows that saving failed; the text stays here and is reported again."""
        self._edits.fail(volume_id)
        self._say_failure(volume_id, what)

    def show_saved(self, volume: VolumePlan) -> None:
        """Records that a volume is saved with these words."""
        self._edits.confirm(volume.id, volume)
        self._say_failure(volume.id, "")

    def give_up(self, volume_id: int) -> None:
        """Discards the text of a volume that was deleted."""
        self._edits.forget(volume_id)

    def _build(self) -> None:
        self._name = muted(plain_label())
        self._title_label, self._title = QLabel(), QLineEdit()
        self._title.setMaxLength(250)
        self._title_label.setBuddy(self._title)
        self._summary_label, self._summary = QLabel(), PlanEdit()
        self._summary_label.setBuddy(self._summary)
        self._size_label, self._size = QLabel(), NumberBox()
        self._size.setRange(0, MOST_CHAPTERS)
        self._size_label.setBuddy(self._size)
        self._title.textEdited.connect(self._note_edit)
        self._title.editingFinished.connect(self._edits.flush_typed)
        self._summary.textChanged.connect(self._note_edit)
        self._summary.left.connect(self._edits.flush_typed)
        self._size.valueChanged.connect(self._note_edit)
        self._size.editingFinished.connect(self._edits.flush_typed)
        self._edits.changed.connect(lambda _volume_id, typed: self.edited.emit(typed))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        for widget in (self._name, self._title_label, self._title, self._size_label, self._size):
            layout.addWidget(widget)
        layout.addWidget(self._summary_label)
        layout.addWidget(self._summary, 1)

    def _begin_with(self, volume: VolumePlan) -> None:
        """Fills the fields without undo history."""
        self._title.setText(volume.title)
        with QSignalBlocker(self._summary), QSignalBlocker(self._size):
            self._summary.setPlainText(volume.summary)
            self._size.setValue(volume.size)

    def _fill(self, volume: VolumePlan) -> None:
        if self._title.text().strip() != volume.title:
            self._title.setText(volume.title)
        if self._summary.toPlainText().strip() != volume.summary:
            with QSignalBlocker(self._summary):
                self._summary.setPlainText(volume.summary)
        with QSignalBlocker(self._size):
            self._size.setValue(volume.size)

    def _say_name(self) -> None:
        name = "" if self._row is None else group_name(self._row)
        if self._failure:
            name += "\n" + self.tr("Not saved: {reason}").format(reason=self._failure)
        self._name.setText(name)

    def _say_failure(self, volume_id: int, what: str) -> None:
        if self._volume is not None and volume_id == self._volume.id:
            self._failure = what
            self._say_name()

    def _retranslate(self) -> None:
        self._title_label.setText(self.tr("&Title"))
        self._size_label.setText(self.tr("&Planned chapters"))
        self._size.setSpecialValueText(self.tr("as many as there are"))
        self._summary_label.setText(self.tr("&What happens"))
        self._summary.setPlaceholderText(
            self.tr("Where the volume begins, what changes for good, and how it ends.")
        )
        self._say_name()

    @Slot()
    def _note_edit(self) -> None:
        if self._volume is not None:
            self._edits.touch(self._volume.id, self._typed)

    def _typed(self) -> VolumePlan:
        assert self._volume is not None
        return replace(
            self._volume,
            title=self._title.text().strip(),
            summary=self._summary.toPlainText().strip(),
            size=self._size.value(),
        )
