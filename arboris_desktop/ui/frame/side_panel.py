"""The panels at the right of the page: one at a time, and none until the author opens it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.mnemonics import name_on_tool_bar
from arboris_desktop.ui.widgets.page_stack import PageStack
from arboris_desktop.ui.widgets.plain_text import plain_line

Content = TypeVar("Content")

_RAIL_ICON = 16

WIDTH = 360
"""The initial width of the panel, and its minimum."""


class Panel(StrEnum):
    """A panel, in the order of the buttons that open them."""

    CODEX = "codex"
    SEARCH = "search"
    REVISION = "revision"
    VERSIONS = "versions"
    COMMENTS = "comments"
    NOTES = "notes"
    ACTIVITY = "activity"


_ICONS = {
    Panel.CODEX: "codex",
    Panel.SEARCH: "search",
    Panel.REVISION: "edit",
    Panel.VERSIONS: "history",
    Panel.COMMENTS: "comment",
    Panel.NOTES: "note",
    Panel.ACTIVITY: "task",
}
_KEYS = {
    Panel.CODEX: "Alt+7",
    Panel.SEARCH: "Alt+6",
    Panel.REVISION: "Alt+8",
    Panel.VERSIONS: "Alt+0",
    Panel.COMMENTS: "Ctrl+Shift+M",
    Panel.NOTES: "Ctrl+Shift+D",
    Panel.ACTIVITY: "Alt+9",
}


class SidePanel(Translated, QWidget):
    """Shows one of its panels, or nothing. It is fixed in the window."""

    changed = Signal(object)
    """The ``Panel`` that is shown from now on, or ``None``."""
    left = Signal()
    """A focused panel was closed: the focus should go where the author reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: dict[Panel, QWidget] = {}
        self._expected: dict[Panel, Callable[[], object]] = {}
        self._waiting: dict[Panel, list[Callable[[Any], object]]] = {}
        self._actions = {panel: self._make_action(panel) for panel in Panel}
        self._title = plain_line()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.clicked.connect(self.close_panel)
        self._stack = PageStack()
        self._lay_out()
        self._retranslate()
        self.hide()

    def add_panel(self, panel: Panel, content: QWidget) -> None:
        """Sets the content of a panel."""
        self._panels[panel] = content
        self._stack.addWidget(content)
        for do in self._waiting.pop(panel, ()):
            do(content)

    def when_made(self, panel: Panel, do: Callable[[Any], object]) -> None:
        """Does something to the content of a panel: as soon as it is made, or at once if it was
        before. Whoever fills a panel is joined to it by this: it may be made late, or never."""
        if panel in self._panels:
            do(self._panels[panel])
        else:
            self._waiting.setdefault(panel, []).append(do)

    def expect_panels(self, window: QWidget) -> None:
        """Registers the ``PanelPart`` of each panel, which is made when it is first opened."""
        for kind in type(window).__mro__:
            for name, part in vars(kind).items():
                if isinstance(part, PanelPart):
                    self._expected[part.panel] = partial(getattr, window, name)

    def action(self, panel: Panel) -> QAction:
        """Returns the action that opens and closes a panel; it is checked while the panel is
        visible."""
        return self._actions[panel]

    @property
    def shown(self) -> Panel | None:
        """The visible panel."""
        if self.isHidden():
            return None
        content = self._stack.currentWidget()
        return next(panel for panel, widget in self._panels.items() if widget is content)

    def open_panel(self, panel: Panel | None) -> None:
        """Shows a panel in place of any other; ``None`` shows none."""
        if panel is None:
            self.close_panel()
            return
        if panel not in self._panels:
            self._expected[panel]()
        if panel is not self.shown:
            has_keyboard = self._has_keyboard()
            self._stack.setCurrentWidget(self._panels[panel])
            self.show()
            if has_keyboard:
                self.take_keyboard()
            self._tell()

    @Slot()
    def close_panel(self) -> None:
        """Gives its space to the page."""
        if not self.isHidden():
            has_keyboard = self._has_keyboard()
            self.hide()
            self._tell()
            if has_keyboard:
                self.left.emit()

    def take_keyboard(self) -> None:
        """Focuses the shown panel, or its close button if it has nothing to focus."""
        if (content := self._stack.currentWidget()) is not None:
            content.setFocus()
        if not self._has_keyboard():
            self._close.setFocus()

    def _has_keyboard(self) -> bool:
        focus: QWidget | None = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _make_action(self, panel: Panel) -> QAction:
        action = QAction(icon(_ICONS[panel]), "", self)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(_KEYS[panel]))
        action.triggered.connect(lambda checked: self.open_panel(panel if checked else None))
        return action

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 6, 4)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        for action in self._actions.values():
            head.addWidget(_rail_button(action))
        head.addSpacing(4)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(WIDTH)

    def _tell(self) -> None:
        shown = self.shown
        for panel, action in self._actions.items():
            action.setChecked(panel is shown)
        self._show_title()
        self.changed.emit(shown)

    def _show_title(self) -> None:
        if (shown := self.shown) is not None:
            self._title.setText(self._name(shown))

    def _name(self, panel: Panel) -> str:
        return {
            Panel.CODEX: self.tr("Codex"),
            Panel.SEARCH: self.tr("Search"),
            Panel.REVISION: self.tr("Revise"),
            Panel.VERSIONS: self.tr("Versions"),
            Panel.COMMENTS: self.tr("Comments"),
            Panel.NOTES: self.tr("Notes"),
            Panel.ACTIVITY: self.tr("Activity"),
        }[panel]

    def _retranslate(self) -> None:
        for panel, action in self._actions.items():
            action.setText(self._name(panel))
            name_on_tool_bar(action)
        self._close.setToolTip(self.tr("Close this panel"))
        self._close.setAccessibleName(self.tr("Close this panel"))
        self._show_title()


class PanelPart(Generic[Content]):
    """The content of a panel, of the class in the annotation, declared in the window.

    It is imported and made on first access, and then has its place in ``side``.
    """

    def __init__(self, panel: Panel, module: str) -> None:
        self.panel, self._module = panel, module

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._class = owner.__annotations__[name].removeprefix("PanelPart[").removesuffix("]")

    def __get__(self, window: object, owner: type) -> Content:
        make: Any = getattr(import_module(f"arboris_desktop.ui.{self._module}"), self._class)
        content = vars(window)[self._name] = make()
        vars(window)["side"].add_panel(self.panel, content)
        return cast(Content, content)


def _rail_button(action: QAction) -> QToolButton:
    """Returns a small button with the panel's icon that switches between panels."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(_RAIL_ICON, _RAIL_ICON))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAutoRaise(True)
    button.setAccessibleName(action.iconText())
    return button
