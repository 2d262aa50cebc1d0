"""Restoring a backup from the menu, and at a start with a damaged database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from arboris_desktop import app
from arboris_desktop.background.backup_keeper import BackupKeeper
from arboris_desktop.domain.backups import Backup, BackupContents, BackupReason
from arboris_desktop.domain.errors import ArborisError, ErrorKind, StorageError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.storage.database import Database
from arboris_desktop.ui.backups.restore_dialog import RestoreDialog
from arboris_desktop.ui.backups.start_failure import StartFailure
from arboris_desktop.ui.studio import Studio
from arboris_desktop.writing.novels import NovelContents, Novels


def backup(day: int) -> Backup:
    made_at = datetime(2026, 11, day, 9, tzinfo=UTC)
    return Backup(Path(f"{day}.db"), made_at, BackupReason.AUTOMATIC, 2_500_000)


def restore_button(dialog: RestoreDialog) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "Restore")


def test_only_a_sound_backup_can_be_chosen(qtbot: QtBot) -> None:
    dialog = RestoreDialog([backup(24), backup(23)], Path("backups"))
    qtbot.addWidget(dialog)
    assert not restore_button(dialog).isEnabled(), "nothing was examined yet"

    dialog.show_contents(0, BackupContents(damage="row 3 missing"))
    assert dialog.chosen() is None
    dialog.show_contents(1, BackupContents(novels=2, chapters=41, words=80_000))

    assert dialog.chosen() == Path("23.db")
    assert restore_button(dialog).isEnabled()
    items = dialog.findChild(QTreeWidget)
    assert isinstance(items, QTreeWidget)
    damaged = items.topLevelItem(0)
    assert damaged is not None
    items.setCurrentItem(damaged)
    assert not restore_button(dialog).isEnabled()


def test_a_damaged_database_is_offered_its_newest_good_backup(
    qapp: QApplication, database: Database, novel: NovelContents
) -> None:
    backups = Backups(database.paths)
    backups.make()
    database.close()
    database.paths.database.write_bytes(b"a letter to my aunt " * 500)
    seen: list[str] = []

    def answer() -> None:
        box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, StartFailure))
        seen.append(box.informativeText())
        assert box.restore_button is not None
        box.restore_button.click()

    QTimer.singleShot(0, answer)
    error = StorageError(ErrorKind.DATABASE_CORRUPT, "file is not a database")

    assert app._mended_at_start(qapp, error, backups)

    assert "1 novels, 0 chapters" in seen[0]
    restored = Database(database.paths)
    assert Novels(restored).open(novel.project.id).project.title == novel.project.title
    restored.close()


@pytest.mark.parametrize("kind", ErrorKind)
def test_before_there_is_a_window_nothing_is_said_of_what_is_in_it(
    qtbot: QtBot, kind: ErrorKind
) -> None:
    box = StartFailure(StorageError(kind, "a fault"))
    qtbot.addWidget(box)

    assert "in the window" not in box.informativeText()
    if kind in (ErrorKind.DISK_FULL, ErrorKind.DISK_ERROR, ErrorKind.FILE_SIZE_LIMIT):
        assert "saved before is untouched" in box.informativeText()
        assert box.informativeText().endswith("then start again.")


def test_leaving_instead_changes_nothing(qapp: QApplication, database: Database) -> None:
    backups = Backups(database.paths)
    database.close()
    database.paths.database.write_bytes(b"a letter to my aunt " * 500)

    def leave() -> None:
        box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, StartFailure))
        assert box.restore_button is None
        assert "No good backup" in box.informativeText()
        box.close()

    QTimer.singleShot(0, leave)
    error = StorageError(ErrorKind.DATABASE_CORRUPT, "file is not a database")

    assert not app._mended_at_start(qapp, error, backups)
    assert database.paths.database.read_bytes().startswith(b"a letter")


def test_the_keeper_makes_the_backup_and_tells_a_fault_once(
    qtbot: QtBot, database: Database, novel: NovelContents
) -> None:
    database.paths.backups.write_text("a file in the way")
    keeper = BackupKeeper(Backups(database.paths))
    told: list[ArborisError] = []
    keeper.failed.connect(told.append)
    with qtbot.waitSignal(keeper.failed):
        keeper.look()
    keeper.look()
    qtbot.waitUntil(lambda: keeper._operations.is_idle)
    database.paths.backups.unlink()
    keeper.look()
    qtbot.waitUntil(lambda: bool(list(database.paths.backups.glob("*.db"))))
    keeper.stop()

    assert [error.kind for error in told] == [ErrorKind.FILE_UNWRITABLE]


def test_the_window_opens_again_on_the_restored_novels(
    qapp: QApplication,
    database: Database,
    novel: NovelContents,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Backups(database.paths).make()
    Novels(database).create(NewNovel(title="Later"))
    database.close()
    seen: list[list[str]] = []
    started = Studio.start

    def start(studio: Studio) -> None:
        started(studio)
        with_database = Database(database.paths)
        seen.append(sorted(each.title for each in Novels(with_database).all()))
        with_database.close()
        decide: Callable[[], None] = studio.leave
        if len(seen) == 1:
            decide = lambda: studio._desks.backups.restore_decided.emit(made)  # noqa: E731
        QTimer.singleShot(0, decide)

    monkeypatch.setattr(Studio, "start", start)
    monkeypatch.setattr(app, "create_application", lambda _arguments: qapp)
    environment = {"ARBORIS_HOME": str(database.paths.home)}

    assert app.run(["arboris-desktop"], environment) == 0

    assert seen == [sorted(["Later", novel.project.title]), [novel.project.title]]
