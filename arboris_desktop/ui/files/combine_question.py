"""The question whether several files are one novel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from arboris_desktop.ui.widgets.dialogs import MessageBox, ask

_SHOWN = 12
"""Names that are listed; of more, the first and the last ones."""


async def ask_whether_to_combine(parent: QWidget, names: Sequence[str]) -> bool | None:
    """Returns true for one novel with the files as its chapters in this order, false for one novel
    each, ``None`` for neither."""
    box = _CombineBox(names, parent)
    try:
        await ask(box)
        return box.answer()
    finally:
        box.deleteLater()


class _CombineBox(MessageBox):
    """Lists the files in the order in which they would be read."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(QMessageBox.Icon.Question, "", parent)
        self.setWindowTitle(self.tr("Several Files"))
        self.setText(self.tr("%n file(s), in this order:", "", len(names)))
        self.setInformativeText("\n".join(_listed(names)))
        roles = QMessageBox.ButtonRole
        self._one = self.addButton(self.tr("As &One Novel"), roles.AcceptRole)
        self._each = self.addButton(self.tr("A Novel &Each"), roles.ActionRole)
        cancel = self.addButton(self.tr("Cancel"), roles.RejectRole)
        self.setDefaultButton(self._one)
        self.setEscapeButton(cancel)

    def answer(self) -> bool | None:
        """The author's answer; see ``ask_whether_to_combine``."""
        chosen = self.clickedButton()
        return True if chosen is self._one else False if chosen is self._each else None


def _listed(names: Sequence[str]) -> Sequence[str]:
    if len(names) <= _SHOWN:
        return names
    half = _SHOWN // 2
    return [*names[:half], "…", *names[-half:]]
