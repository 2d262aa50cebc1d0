"""The routes of tasks to models: for each task, the first choice and the stand-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.wording import model_task

PLACES = 3
"""The number of models that are tried; with more, the author would only wait."""


class RoutingTable(QWidget):
    """A row for each task, with the models from left to right."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles: tuple[tuple[str, str], ...] = ()
        self._fields: dict[ModelTask, list[QComboBox]] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        headings = (
            self.tr("Task"),
            self.tr("First choice"),
            self.tr("Stand-in"),
            self.tr("Stand-in"),
        )
        for column, heading in enumerate(headings):
            self._grid.addWidget(muted(QLabel(heading)), 0, column)
            self._grid.setColumnStretch(column, 1 if column else 0)
        for row, task in enumerate(ModelTask, 1):
            self._add_row(row, task)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            muted(
                plain_label(
                    self.tr(
                        "If a model fails before its first word, the next one is asked. "
                        "Text already written is never written again."
                    )
                )
            )
        )
        layout.addLayout(self._grid)

    def show_profiles(self, profiles: Sequence[tuple[str, str]]) -> None:
        """Offers these (id, name); existing choices stay if possible."""
        routes = self.routes()
        self._profiles = tuple(profiles)
        self.show_routes(routes)

    def show_routes(self, routes: Mapping[ModelTask, Sequence[str]]) -> None:
        """Shows the models of the tasks."""
        known = {id for id, _name in self._profiles}
        for task, fields in self._fields.items():
            chosen = [id for id in routes.get(task, ()) if id in known]
            for place, field in enumerate(fields):
                self._offer(field, place, chosen[place] if place < len(chosen) else "")
            self._enable(fields)

    def routes(self) -> dict[ModelTask, tuple[str, ...]]:
        """The selected routes; a task that only uses the first model is not among them."""
        chosen = {
            task: tuple(dict.fromkeys(id for field in fields if (id := _id_of(field))))
            for task, fields in self._fields.items()
        }
        return {task: ids for task, ids in chosen.items() if ids}

    def _add_row(self, row: int, task: ModelTask) -> None:
        name = QLabel(model_task(task))
        fields = []
        for place in range(PLACES):
            field = QComboBox()
            field.setAccessibleName(
                self.tr("{task}: choice {number}").format(task=name.text(), number=place + 1)
            )
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            field.setMinimumContentsLength(8)
            field.currentIndexChanged.connect(self._on_chosen)
            fields.append(field)
            self._grid.addWidget(field, row, place + 1)
        name.setBuddy(fields[0])
        self._grid.addWidget(name, row, 0)
        self._fields[task] = fields

    def _offer(self, field: QComboBox, place: int, chosen: str) -> None:
        with QSignalBlocker(field):
            field.clear()
            field.addItem(self.tr("no stand-in") if place else self.tr("the first model"), "")
            for id, name in self._profiles:
                field.addItem(name, id)
            field.setCurrentIndex(max(0, field.findData(chosen)))

    @Slot()
    def _on_chosen(self) -> None:
        for fields in self._fields.values():
            self._enable(fields)
        self.changed.emit()

    def _enable(self, fields: list[QComboBox]) -> None:
        """Enables a stand-in only if there is a choice to its left."""
        for before, field in pairwise(fields):
            possible = before.isEnabled() and bool(_id_of(before))
            field.setEnabled(possible)
            if not possible:
                with QSignalBlocker(field):
                    field.setCurrentIndex(0)


def _id_of(field: QComboBox) -> str:
    return str(field.currentData() or "")
