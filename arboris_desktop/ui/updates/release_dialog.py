"""A dialog with the release notes of a version."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label, selectable_label
from arboris_desktop.updates.release import Release


class ReleaseDialog(QDialog):
    """Shows the notes as plain text; accepted if the page should be opened."""

    def __init__(self, release: Release, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        version = str(release.version)
        self.setWindowTitle(self.tr("What is new in {version}").format(version=version))
        day = release.released
        date = QLocale().toString(
            QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat
        )
        self._notes = QPlainTextEdit(release.notes_in(language))
        self._notes.setReadOnly(True)
        self._notes.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox()
        page = buttons.addButton(
            self.tr("Open the Download Page"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        page.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(
            plain_label(self.tr("Version {version}, of {date}").format(version=version, date=date))
        )
        layout.addWidget(self._notes, 1)
        layout.addWidget(
            muted(
                plain_label(
                    self.tr("Arboris downloads and installs nothing by itself. The page is:")
                )
            )
        )
        layout.addWidget(selectable_label(release.page))
        layout.addWidget(buttons)
        self.resize(560, 460)

    def text(self) -> str:
        """The notes that are shown."""
        return self._notes.toPlainText()
