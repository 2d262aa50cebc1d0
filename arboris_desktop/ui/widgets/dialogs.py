"""Questions and messages without blocking: the event loop of the window also runs the streams.

Do not use ``exec()``: nested in a coroutine it breaks every other one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QStyle,
    QWidget,
)
from shiboken6 import isValid

from arboris_desktop.ui.work.desk import let_again

AnyDialog = TypeVar("AnyDialog", bound=QDialog)
Entered = TypeVar("Entered")

_MARGINS = QMargins(20, 18, 20, 16)
TAB_MARGINS = QMargins(0, 10, 0, 0)
"""Of a page below tabs: it begins where they do, as what stands above and below them."""
_PROGRAM = "Arboris Desktop"
_FRAME = QSize(16, 48)
"""Pixels that a window manager adds around a dialog at most."""


class MessageBox(QMessageBox):
    """A message in plain text.

    Its title is the program's name, or a few words: window managers cut a sentence, and macOS shows
    none. ``advice`` stands below ``text``, and ``detail`` is unfolded on request.
    """

    def __init__(
        self,
        icon: QMessageBox.Icon,
        text: str,
        parent: QWidget | None = None,
        *,
        title: str = _PROGRAM,
        advice: str = "",
        detail: str = "",
    ) -> None:
        super().__init__(parent)
        self.setIcon(icon)
        self.setWindowTitle(title)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setInformativeText(advice)
        self.setDetailedText(detail)


class OkCancel(QDialogButtonBox):
    """Returns the two closing buttons of a dialog; ``ok`` is the text of the accepting one."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.accepted.connect(dialog.accept)
        self.rejected.connect(dialog.reject)

    @property
    def ok(self) -> QPushButton:
        """Returns the accepting button."""
        return self.button(QDialogButtonBox.StandardButton.Ok)


async def ask(dialog: QDialog) -> int:
    """Opens a dialog, waits until it is closed and returns its result code.

    Cancelling the wait closes the dialog.
    """
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    may_ask_again = let_again()

    def settle(result: int) -> None:
        may_ask_again()
        if not answer.done():
            answer.set_result(result)

    dialog.finished.connect(settle)
    give_margins(dialog)
    fit_to_screen(dialog)
    dialog.open()
    try:
        return await answer
    finally:
        dialog.finished.disconnect(settle)
        dialog.close()


def give_margins(dialog: QDialog) -> None:
    """Sets the usual margins of a dialog, unless it or Qt has set its own."""
    layout, style = dialog.layout(), dialog.style()
    if layout is None or isinstance(dialog, QFileDialog | QMessageBox):
        return
    usual = style.pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin, None, dialog)
    if layout.contentsMargins() == QMargins(usual, usual, usual, usual):
        layout.setContentsMargins(_MARGINS)


def fit_to_screen(dialog: QDialog) -> None:
    """Limits a dialog to its screen, so that its buttons are not below the edge."""
    room = dialog.screen().availableSize() - _FRAME
    if dialog.width() > room.width() or dialog.height() > room.height():
        dialog.resize(dialog.size().boundedTo(room))


async def agreed(dialog: QDialog) -> bool:
    """Opens a dialog that is used once; returns whether the author agreed.

    It is deleted at the next await: read its values before.
    """
    try:
        return await ask(dialog) == QDialog.DialogCode.Accepted.value
    finally:
        dialog.deleteLater()


def is_open(dialog: QDialog) -> bool:
    """True until a dialog is closed, after which data read for it is no longer needed."""
    return isValid(dialog) and dialog.isVisible()


async def answered(dialog: AnyDialog, read: Callable[[AnyDialog], Entered]) -> Entered | None:
    """Opens a dialog that is used once; returns what the author entered, if they agreed."""
    return read(dialog) if await agreed(dialog) else None


async def chosen_file(dialog: QFileDialog) -> Path | None:
    """Returns the file that the author selected, if any."""
    return await answered(dialog, lambda chosen: Path(chosen.selectedFiles()[0]))


async def closed(dialog: QDialog) -> None:
    """Waits until a dialog opened elsewhere is closed."""
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def settle() -> None:
        if not ended.done():
            ended.set_result(None)

    dialog.finished.connect(settle)
    await ended


async def confirm(
    parent: QWidget | None,
    question: str,
    advice: str,
    *,
    yes: str,
    no: str,
    destructive: bool = False,
) -> bool:
    """Asks a question with two named answers; Escape and closing mean no.

    ``destructive`` makes no the default button.
    """
    box = MessageBox(QMessageBox.Icon.Question, question, parent, advice=advice)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    reject = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(reject if destructive else accept)
    box.setEscapeButton(reject)
    try:
        await ask(box)
        return box.clickedButton() is accept
    finally:
        box.deleteLater()


async def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Shows a message that has to be read before the author continues."""
    box = MessageBox(QMessageBox.Icon.Information, text, parent, title=title)
    try:
        await ask(box)
    finally:
        box.deleteLater()


def is_told(parent: QWidget, what: str) -> bool:
    """True while a message with this text is open: one cause often makes several requests fail."""
    boxes = parent.findChildren(QMessageBox)
    return any(box.text() == what for box in boxes if box.isVisible())


def show_error(parent: QWidget | None, what: str, detail: str, advice: str) -> QMessageBox:
    """Shows what happened and what to do, with collapsible details; returns at once."""
    box = MessageBox(QMessageBox.Icon.Warning, what, parent, advice=advice, detail=detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setDefaultButton(QMessageBox.StandardButton.Close)
    box.open()
    return box
