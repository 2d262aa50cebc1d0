"""The message if the window cannot open, with the way out if there is one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QMessageBox, QPushButton

from arboris_desktop.domain.backups import Backup, BackupContents
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.backups.restore_dialog import local_time
from arboris_desktop.ui.model_error_words import NOTHING_CHANGED
from arboris_desktop.ui.widgets.dialogs import MessageBox
from arboris_desktop.ui.wording import error_sentence


class StartFailure(MessageBox):
    """Offers the newest intact backup if the database is damaged, and a retry if its server cannot
    be reached; otherwise the message can only be closed."""

    def __init__(
        self, error: ArborisError, newest: tuple[Backup, BackupContents] | None = None
    ) -> None:
        words = error_sentence(error.kind)
        super().__init__(QMessageBox.Icon.Critical, words.what_happened, detail=error.message)
        advice = self._of_the_disk(error.kind) or [words.what_is_safe, words.what_to_do]
        if error.kind is ErrorKind.DATABASE_CORRUPT:
            advice.append(self._offer(newest))
        self.setInformativeText(in_a_row(*advice))
        self.restore_button: QPushButton | None = None
        leave = self.addButton(self.tr("Quit"), QMessageBox.ButtonRole.RejectRole)
        self.setEscapeButton(leave)
        self.setDefaultButton(leave)
        self.again_button: QPushButton | None = None
        if error.kind is ErrorKind.DATABASE_UNREACHABLE:
            self.again_button = self.addButton(
                self.tr("Try Again"), QMessageBox.ButtonRole.AcceptRole
            )
            self.setDefaultButton(self.again_button)
        if newest is not None:
            self.restore_button = self.addButton(
                self.tr("Restore the Backup"), QMessageBox.ButtonRole.AcceptRole
            )
            self.setDefaultButton(self.restore_button)

    def wants_restore(self) -> bool:
        """True if the author chose to restore the offered backup."""
        return self.restore_button is not None and self.clickedButton() is self.restore_button

    def wants_another_try(self) -> bool:
        """True if the author chose to retry."""
        return self.again_button is not None and self.clickedButton() is self.again_button

    def _of_the_disk(self, kind: ErrorKind) -> list[str]:
        """Returns advice where the usual words speak of what is in the window: there is none."""
        if kind is ErrorKind.DISK_FULL:
            to_do = self.tr("Make room on the disk, then start again.")
        elif kind is ErrorKind.DISK_ERROR:
            to_do = self.tr(
                "Check that the disk or network drive is connected and works, then start again."
            )
        elif kind is ErrorKind.FILE_SIZE_LIMIT:
            to_do = self.tr(
                "Some disks hold no file over 4 GB, and some accounts have a limit (ulimit -f)."
                " Raise it, or use another disk, then start again."
            )
        else:
            return []
        return [QCoreApplication.translate("ErrorWords", NOTHING_CHANGED), to_do]

    def _offer(self, newest: tuple[Backup, BackupContents] | None) -> str:
        if newest is None:
            return self.tr("No good backup was found.")
        backup, contents = newest
        locale = QLocale()
        return self.tr(
            "The newest good backup is of {time}: {novels} novels, {chapters} chapters, "
            "{words} words. The damaged file is kept beside it."
        ).format(
            time=local_time(backup),
            novels=locale.toString(contents.novels),
            chapters=locale.toString(contents.chapters),
            words=locale.toString(contents.words),
        )
