"""The question before closing while something cannot be saved."""

from __future__ import annotations

from collections.abc import Set
from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.rescue import RescuedText
from arboris_desktop.ui.widgets.dialogs import MessageBox
from arboris_desktop.ui.wording import chapter_name, error_sentence


class LeaveAnswer(Enum):
    """The author's answer. Escape means to stay."""

    TRY_AGAIN = auto()
    SAVE_COPY = auto()
    QUIT = auto()
    STAY = auto()


class UnsavedDialog(MessageBox):
    """Names the chapters, why they cannot be saved, and where their text is kept meanwhile.

    ``folders`` is where the rescue files are, empty if there are none; ``note`` is the result of
    the last answer. Open it with ``dialogs.ask``.
    """

    def __init__(
        self,
        unsaved: list[RescuedText],
        kind: ErrorKind,
        folders: Set[Path],
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QMessageBox.Icon.Warning, "", parent)
        self.setWindowTitle(self.tr("Not Saved"))
        names = self.tr(", ").join(
            chapter_name(each.number, each.title, each.label) for each in unsaved
        )
        self.setText(self.tr("Your last changes are not saved: {chapters}").format(chapters=names))
        words = error_sentence(kind)
        parts = [note, words.what_happened, words.what_to_do, self._where(folders)]
        self.setInformativeText("\n\n".join(part for part in parts if part))
        roles = QMessageBox.ButtonRole
        again = self.addButton(self.tr("Try Again"), roles.AcceptRole)
        copy = self.addButton(self.tr("Save a Copy…"), roles.ActionRole)
        leave = self.addButton(self.tr("Quit Anyway"), roles.DestructiveRole)
        stay = self.addButton(self.tr("Do Not Quit"), roles.RejectRole)
        self._answers = {
            again: LeaveAnswer.TRY_AGAIN,
            copy: LeaveAnswer.SAVE_COPY,
            leave: LeaveAnswer.QUIT,
        }
        self.setDefaultButton(again)
        self.setEscapeButton(stay)

    def answer(self) -> LeaveAnswer:
        """The author's answer."""
        clicked = self.clickedButton()
        chosen = (each for button, each in self._answers.items() if button is clicked)
        return next(chosen, LeaveAnswer.STAY)

    def _where(self, folders: Set[Path]) -> str:
        if not folders:
            return self.tr(
                "The text could not be kept elsewhere either: if you quit now, it is lost. "
                "Save a copy."
            )
        return self.tr(
            "The text was put aside in {folder}. If you quit now, it is offered at the next start."
        ).format(folder=self.tr(", ").join(sorted(map(str, folders))))
