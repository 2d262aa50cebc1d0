"""The page of the blueprint: a tab for each part, and the model's work on it."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.blueprint import (
    FIELDS_OF,
    ITEM_TYPES,
    Blueprint,
    BlueprintField,
    BlueprintPart,
    Value,
    part_of,
)
from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.blueprint.field_editor import FieldEditor
from arboris_desktop.ui.blueprint.list_field import ListField
from arboris_desktop.ui.blueprint.text_field import TextField
from arboris_desktop.ui.blueprint.words import part_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.icon_tabs import IconTabs
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label

_FILL_MS = 60


class BlueprintPage(Translated, QWidget):
    """Every field can be edited at any time; the model can fill empty ones."""

    make_requested = Signal()
    preview_requested = Signal()
    adopt_requested = Signal()
    codex_requested = Signal()
    outline_requested = Signal()
    """All is there, and the author goes on to the outline."""

    remake_requested = Signal(object)
    """A ``BlueprintField`` that is to be rewritten."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edits = TypedEdits(self)
        """The author's typing, by novel and ``BlueprintField``."""
        self._novel = ""
        self.call_bar = CallBar(can_preview=False)
        self._blueprint = Blueprint()
        self._fields: dict[BlueprintField, FieldEditor] = {}
        self._filling: dict[BlueprintField, str] = {}
        self._followed: BlueprintPart | None = None
        self._making: BlueprintPart | None = None
        self._notice: QLabel = muted(plain_label())
        self._make, self._go_on = QPushButton(), QPushButton()
        self._preview, self._adopt, self._codex = QToolButton(), QToolButton(), QToolButton()
        self._tabs = QTabWidget()
        self._tabs.setTabBar(IconTabs())
        self._fill_timer = QTimer(self)
        self._fill_timer.setSingleShot(True)
        self._fill_timer.setInterval(_FILL_MS)
        self._build()
        self._connect()
        self._retranslate()

    def field(self, field: BlueprintField) -> FieldEditor:
        """The editor of a field."""
        return self._fields[field]

    def show_novel(self, novel: str) -> None:
        """Switches to the fields of another novel; what was typed is reported first."""
        self.edits.flush_typed()
        self._novel, self._blueprint, self._making = novel, Blueprint(), None
        self._stop_following()
        for field, editor in self._fields.items():
            editor.begin_with(self._blueprint.value(field))
        self.show_notice("")
        self._update()

    def show_blueprint(self, blueprint: Blueprint, *, making: BlueprintPart | None = None) -> None:
        """Shows what is stored, except fields being typed in and the part being made."""
        self._blueprint = blueprint
        self._making = making
        if making is None:
            self._stop_following()
        for field, editor in self._fields.items():
            if part_of(field) is making:
                continue
            # What could not be saved yet is newer than what is stored.
            unsaved = self.edits.unsaved((self._novel, field))
            editor.show_value(blueprint.value(field) if unsaved is None else cast(Value, unsaved))
        self._update()

    def _stop_following(self) -> None:
        self._filling.clear()
        self._followed = None

    def fill(self, field: BlueprintField, text: str) -> None:
        """Shows the text so far of a field that is being made."""
        self._filling[field] = text
        if not self._fill_timer.isActive():
            self._fill_timer.start()

    def show_notice(self, text: str) -> None:
        """Shows what has been done."""
        self._notice.setText(text)

    def show_part(self, part: BlueprintPart) -> None:
        """Switches to the tab of a part."""
        self._tabs.setCurrentIndex(list(BlueprintPart).index(part))

    def _build(self) -> None:
        for part, fields in FIELDS_OF.items():
            self._tabs.addTab(self._make_tab(fields), part_name(part))
        self._tabs.setDocumentMode(True)
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 8, 16, 0)
        tools.setSpacing(4)
        for button, name in (
            (self._preview, "info"),
            (self._adopt, "book"),
            (self._codex, "character"),
        ):
            button.setIcon(icon(name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tools.addWidget(button)
        tools.addWidget(self._notice, 1)
        for step in (self._make, self._go_on):
            step.setDefault(True)
            tools.addWidget(step)
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 4, 16, 0)
        bar.addWidget(self.call_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(tools)
        layout.addLayout(bar)
        layout.addWidget(self._tabs, 1)

    def _make_tab(self, fields: tuple[BlueprintField, ...]) -> QWidget:
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(16, 12, 16, 16)
        rows.setSpacing(12)
        for field in fields:
            is_list = field in ITEM_TYPES
            editor = self._fields[field] = ListField(field) if is_list else TextField(field)
            rows.addWidget(editor, 1 if is_list else 0)
        if not any(field in ITEM_TYPES for field in fields):
            rows.addStretch()
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setObjectName("bare")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        return area

    def _connect(self) -> None:
        for field, editor in self._fields.items():
            editor.edited.connect(partial(self._on_edit, field))
            editor.remake_requested.connect(partial(self.remake_requested.emit, field))
        self._make.clicked.connect(self.make_requested)
        self._go_on.clicked.connect(self.outline_requested)
        self._preview.clicked.connect(self.preview_requested)
        self._adopt.clicked.connect(self.adopt_requested)
        self._codex.clicked.connect(self.codex_requested)
        self._fill_timer.timeout.connect(self._fill_now)
        self.call_bar.busy_changed.connect(self._update)

    def _on_edit(self, field: BlueprintField, value: Value) -> None:
        self.edits.touch((self._novel, field), lambda: value)
        self._blueprint = self._blueprint.with_value(field, value)
        self._update()

    @Slot()
    def _fill_now(self) -> None:
        filling, self._filling = self._filling, {}
        for field, text in filling.items():
            self._follow(field)
            self._fields[field].fill(text)

    def _follow(self, field: BlueprintField) -> None:
        """Shows the part that begins, unless the author looks at another one or is typing."""
        before, part = self._followed, part_of(field)
        if part is before:
            return
        self._followed = part
        shown, focus = self._tabs.currentWidget(), QApplication.focusWidget()
        types = focus is not None and shown.isAncestorOf(focus)
        if not types and before in (None, list(BlueprintPart)[self._tabs.currentIndex()]):
            self.show_part(part)

    @Slot()
    def _update(self) -> None:
        busy, missing = self.call_bar.is_busy, self._blueprint.missing_parts()
        for editor in self._fields.values():
            editor.set_busy(busy)
        for place, part in enumerate(BlueprintPart):
            name, tip = "check", self.tr("Complete")
            if busy and part is self._making:
                name, tip = "chapter-writing", self.tr("The model is making it")
            elif part in missing:
                name, tip = "chapter-planned", self.tr("Something is still missing")
            self._tabs.setTabIcon(place, icon(name))
            self._tabs.setTabToolTip(place, tip)
        begun = len(missing) < len(BlueprintPart)
        self._make.setText(self.tr("Continue") if begun else self.tr("Make the blueprint"))
        self._show_next_step(None if busy else self._make if missing else self._go_on)
        self._adopt.setEnabled(bool(self._blueprint.title or self._blueprint.summary))
        has_entries = self._blueprint.characters or self._blueprint.locations
        self._codex.setEnabled(bool(has_entries or self._blueprint.factions))

    def _show_next_step(self, step: QPushButton | None) -> None:
        """Shows the button that leads on, if any. While the model makes a part, the keyboard waits
        at the parts: Qt would give it to any button that is left."""
        steps = (self._make, self._go_on)
        if step is None and self.window().focusWidget() in steps:
            self._tabs.setFocus()
        for each in steps:
            each.setVisible(each is step)
        self.setFocusProxy(step or self._tabs)

    def _retranslate(self) -> None:
        for place, part in enumerate(BlueprintPart):
            self._tabs.setTabText(place, part_name(part))
        self._tabs.setAccessibleName(self.tr("Parts of the blueprint"))
        self._make.setToolTip(self.tr("The model adds what is missing; your words stay"))
        self._go_on.setText(self.tr("Go on to the outline"))
        self._preview.setText(self.tr("What is sent"))
        self._preview.setToolTip(self.tr("The exact messages for the next part, and their length"))
        self._adopt.setText(self.tr("Use for the novel…"))
        self._adopt.setToolTip(self.tr("Gives the novel this title and summary"))
        self._codex.setText(self.tr("Add to the codex"))
        self._codex.setToolTip(self.tr("Characters, locations and factions that it does not have"))
        self._update()
