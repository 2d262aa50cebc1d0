"""A field of the blueprint that is a list of entries with attributes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.blueprint import ITEM_TYPES, BlueprintField, Item, Value
from arboris_desktop.ui.blueprint.field_editor import FieldEditor
from arboris_desktop.ui.blueprint.item_form import ItemForm
from arboris_desktop.ui.blueprint.words import field_name, item_name
from arboris_desktop.ui.widgets.icons import icon

_MOST_UNDONE = 50
_NAMES_WIDTH = 200


class ListField(FieldEditor):
    """The names on one side, the attributes of the selected entry on the other.

    Adding, removing, moving and accepting can be undone here; typing is undone in its field.
    """

    def __init__(self, field: BlueprintField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._items: list[Item] = []
        self._before: list[tuple[Item, ...]] = []
        self._names = QListWidget()
        self._form = ItemForm(ITEM_TYPES[field])
        self._arriving = QPlainTextEdit()
        self._arriving.setReadOnly(True)
        self._buttons: list[QToolButton] = []
        self._build()
        self._connect()
        self._retranslate()
        self._update_buttons()

    def value(self) -> Value:
        return tuple(self._items)

    def begin_with(self, value: Value) -> None:
        assert not isinstance(value, str)
        self._set_filling(False)
        self._before.clear()
        self._show(value, 0)

    def show_value(self, value: Value) -> None:
        assert not isinstance(value, str)
        self._set_filling(False)
        if value != self.value():
            self._before.clear()
            self._show(value, self._names.currentRow())

    def accept(self, value: Value) -> None:
        assert not isinstance(value, str)
        self._change(value, 0)

    def _show_arriving(self, text: str) -> QPlainTextEdit:
        self._arriving.setPlainText(text)
        return self._arriving

    def _build(self) -> None:
        self._heading.set_buddy(self._names)
        self._names.setFixedWidth(_NAMES_WIDTH)
        self._names.setMinimumHeight(120)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        actions: tuple[tuple[str, Callable[[], None]], ...] = (
            ("new", self.add),
            ("trash", self.remove),
            ("up", self.move_up),
            ("down", self.move_down),
            ("history", self.undo),
        )
        for name, act in actions:
            button = QToolButton()
            button.setIcon(icon(name))
            button.clicked.connect(act)
            tools.addWidget(button)
            self._buttons.append(button)
        tools.addStretch()
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self._names, 1)
        left.addLayout(tools)
        editor = QWidget()
        columns = QHBoxLayout(editor)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        columns.addLayout(left)
        columns.addWidget(self._form, 1, Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(editor)
        self._pages.addWidget(self._arriving)
        self._rows.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._names.currentRowChanged.connect(self._show_item)
        self._form.edited.connect(self._on_edit)

    @Slot()
    def add(self) -> None:
        """Adds an entry after the selected one and lets the author name it."""
        place = self._names.currentRow() + 1 or len(self._items)
        self._change((*self._items[:place], ITEM_TYPES[self._field](), *self._items[place:]), place)
        self._form.edit_first()

    @Slot()
    def remove(self) -> None:
        """Removes the selected entry."""
        place = self._names.currentRow()
        if place >= 0:
            self._change((*self._items[:place], *self._items[place + 1 :]), place)

    @Slot()
    def move_up(self) -> None:
        """Moves the selected entry up."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Moves the selected entry down."""
        self._move(1)

    @Slot()
    def undo(self) -> None:
        """Undoes the last change of the list."""
        if self._before:
            self._show(self._before.pop(), self._names.currentRow())
            self.edited.emit(self.value())

    def _move(self, by: int) -> None:
        place = self._names.currentRow()
        target = place + by
        if place >= 0 and 0 <= target < len(self._items):
            items = list(self._items)
            items.insert(target, items.pop(place))
            self._change(tuple(items), target)

    def _change(self, items: tuple[Item, ...], place: int) -> None:
        self._before.append(tuple(self._items))
        del self._before[:-_MOST_UNDONE]
        self._show(items, place)
        self.edited.emit(self.value())

    def _show(self, items: tuple[Item, ...], place: int) -> None:
        self._items = list(items)
        with QSignalBlocker(self._names):
            self._names.clear()
            for item in items:
                self._names.addItem(QListWidgetItem(item_name(item)))
            self._names.setCurrentRow(max(0, min(place, len(items) - 1)) if items else -1)
        self._show_item(self._names.currentRow())

    @Slot(int)
    def _show_item(self, place: int) -> None:
        self._form.show_item(self._items[place] if 0 <= place < len(self._items) else None)
        self._update_buttons()

    @Slot(object)
    def _on_edit(self, item: Item) -> None:
        place = self._names.currentRow()
        self._items[place] = item
        shown = self._names.item(place)
        assert shown is not None
        shown.setText(item_name(item))
        self.edited.emit(self.value())

    def _set_filling(self, filling: bool) -> None:
        super()._set_filling(filling)
        self._pages.setCurrentIndex(1 if filling else 0)

    def _update_buttons(self) -> None:
        place, count = self._names.currentRow(), len(self._items)
        can = (True, place >= 0, place > 0, 0 <= place < count - 1, bool(self._before))
        for button, enabled in zip(self._buttons, can, strict=True):
            button.setEnabled(enabled)

    def _retranslate(self) -> None:
        name = field_name(self._field)
        self._names.setAccessibleName(name)
        self._arriving.setAccessibleName(name)
        words = (
            self.tr("Add"),
            self.tr("Remove"),
            self.tr("Move up"),
            self.tr("Move down"),
            self.tr("Undo the last change of the list"),
        )
        for button, text in zip(self._buttons, words, strict=True):
            button.setToolTip(text)
            button.setAccessibleName(f"{name}: {text}")
        for place, item in enumerate(self._items):
            shown = self._names.item(place)
            assert shown is not None
            shown.setText(item_name(item))
