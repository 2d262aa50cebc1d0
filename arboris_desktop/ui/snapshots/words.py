"""The names of earlier texts of a chapter."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from arboris_desktop.domain.novel import ChapterVersion, VersionOrigin
from arboris_desktop.domain.snapshots import ChapterSnapshot, SnapshotKind


def snapshot_name(snapshot: ChapterSnapshot) -> str:
    """Returns the reason for a snapshot, or the name that the author gave it."""
    translate = QCoreApplication.translate
    if snapshot.kind is SnapshotKind.NAMED:
        return translate("SnapshotWords", "“{name}”").format(name=snapshot.name)
    return {
        SnapshotKind.WORK: translate("SnapshotWords", "While you wrote"),
        SnapshotKind.MODEL: translate("SnapshotWords", "Before the model changed it"),
        SnapshotKind.RESTORE: translate("SnapshotWords", "Before an older text was restored"),
    }[snapshot.kind]


def version_name(version: ChapterVersion) -> str:
    """Returns the origin of a version."""
    translate = QCoreApplication.translate
    if version.origin is VersionOrigin.MODEL:
        draft = translate("SnapshotWords", "Draft by {model}")
        host, _slash, model = version.provider.partition("/")
        return draft.format(model=model or host or translate("SnapshotWords", "a model"))
    return {
        VersionOrigin.AUTHOR: translate("SnapshotWords", "Your version"),
        VersionOrigin.IMPORT: translate("SnapshotWords", "As it was imported"),
        VersionOrigin.SAMPLE: translate("SnapshotWords", "As in the sample"),
    }[version.origin]


def moment_words(moment: datetime, now: datetime) -> str:
    """Returns the day, unless it is today, and the time."""
    local = moment.astimezone()
    time = f"{local:%H:%M}"
    if local.date() == now.astimezone().date():
        return QCoreApplication.translate("SnapshotWords", "today {time}").format(time=time)
    day = QDate(local.year, local.month, local.day)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat) + f" {time}"
