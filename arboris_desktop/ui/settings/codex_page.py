"""The settings page about findings, and how long finished work is stored."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox

from arboris_desktop.domain.settings import (
    FINISHED_DAYS,
    FINISHED_TASKS,
    READ_NOTIFICATIONS,
    SNAPSHOT_DAYS,
    SNAPSHOTS,
    CodexSettings,
    Merging,
    RetentionSettings,
)
from arboris_desktop.ui.settings.pages import SettingsPage, number_field


class CodexPage(SettingsPage):
    """Settings for how findings enter the codex, when a seed is overdue, and what is deleted."""

    def __init__(self, codex: CodexSettings, retention: RetentionSettings) -> None:
        super().__init__()
        self._codex = codex
        self._retention = retention
        self._merging = QComboBox()
        self._merging.addItem(self.tr("At once"), Merging.AUTOMATIC)
        self._merging.addItem(self.tr("When I have accepted them"), Merging.REVIEWED)
        self._merging.setCurrentIndex(self._merging.findData(codex.merging))
        self._overdue = number_field((1, 20, 1000), codex.overdue_after_chapters)
        self._overdue.setSuffix(self.tr(" chapters"))
        self._days = number_field(FINISHED_DAYS, retention.finished_days)
        self._days.setSuffix(self.tr(" days"))
        self._tasks = number_field(FINISHED_TASKS, retention.finished_tasks, 100)
        self._read = number_field(READ_NOTIFICATIONS, retention.read_notifications, 10)
        self._snapshot_days = number_field(SNAPSHOT_DAYS, retention.snapshot_days)
        self._snapshot_days.setSuffix(self.tr(" days"))
        self._snapshots = number_field(SNAPSHOTS, retention.snapshots, 10)
        self.add_field(
            self.tr("&Findings count"),
            self._merging,
            self.tr(
                "Only those whose quotation is in the chapter. All can be undone in the codex."
            ),
        )
        self.add_field(
            self.tr("&Seeds are overdue after"),
            self._overdue,
            self.tr("Counted from the chapter that last touched them, if you set no chapter."),
        )
        self.add_field(self.tr("Keep finished &tasks for"), self._days)
        self.add_field(self.tr("… but at &most"), self._tasks)
        self.add_field(
            self.tr("Keep &read notifications"),
            self._read,
            self.tr("What failed and what is unread is always kept, and so are your chapters."),
        )
        self.add_field(self.tr("Keep s&napshots of your text for"), self._snapshot_days)
        self.add_field(
            self.tr("… but of a &chapter at most"),
            self._snapshots,
            self.tr("Snapshots to which you gave a name are always kept."),
        )

    def codex(self) -> CodexSettings:
        """The settings for future analyses."""
        return replace(
            self._codex,
            merging=Merging(self._merging.currentData()),
            overdue_after_chapters=self._overdue.value(),
        )

    def retention(self) -> RetentionSettings:
        """The time for which finished work is stored."""
        return replace(
            self._retention,
            finished_days=self._days.value(),
            finished_tasks=self._tasks.value(),
            read_notifications=self._read.value(),
            snapshot_days=self._snapshot_days.value(),
            snapshots=self._snapshots.value(),
        )
