"""Connects the earlier texts of a chapter."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QInputDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.snapshots import SnapshotKind
from arboris_desktop.text.differences import text_diff
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.snapshots.kept_text import KeptText
from arboris_desktop.ui.snapshots.words import moment_words, snapshot_name, version_name
from arboris_desktop.ui.widgets.dialogs import agreed
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.snapshots import Snapshots

if TYPE_CHECKING:
    from arboris_desktop.ui.snapshots.panel import SnapshotPanel


class SnapshotDesk(NovelDesk):
    """Takes snapshots before others change the text, and restores earlier texts."""

    shows = Changes(outline=True, texts=True)

    def __init__(
        self, window: MainWindow, snapshots: Snapshots, editing: Editing, operations: Operations
    ) -> None:
        super().__init__(window)
        self._window, self._view = window, window.chapter_view
        self._panel: SnapshotPanel | None = None
        self._listed: int | None = None
        self._snapshots, self._editing = snapshots, editing
        self._operations = operations
        self._compared: tuple[int | None, str] = (None, "")
        self._connect()

    def _connect(self) -> None:
        self._view.model_changes_text.connect(self._take_before_model)
        self._window.actions_.take_snapshot.triggered.connect(self._ask_for_name)
        self._window.side.changed.connect(self.refresh)
        self._window.side.when_made(Panel.VERSIONS, self._join)

    def _join(self, panel: SnapshotPanel) -> None:
        self._panel = panel
        panel.take_requested.connect(self._ask_for_name)
        panel.compare_requested.connect(self._compare)
        panel.restored.connect(self._restore)
        panel.removed.connect(self._remove)

    @Slot()
    def refresh(self) -> None:
        """Lists the earlier texts of the shown chapter, if they are visible."""
        chapter, novel = self._chapter, self._novel
        if novel is None or chapter is None:
            self._show_nothing()
        elif self._window.side.shown is Panel.VERSIONS:
            self._read(chapter.id)

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Lists the earlier texts of another chapter; those of the one before are gone at once,
        since they would be restored into this one."""
        super().show_chapter(chapter)
        if chapter.id != self._listed:
            self._show_nothing()
        self.refresh()

    def end_novel(self) -> None:
        """Lists nothing of the novel any more."""
        super().end_novel()
        self._show_nothing()

    def _show_nothing(self) -> None:
        self._listed = None
        if self._panel is not None:
            self._panel.show_texts(())

    def _texts(self, chapter_id: int) -> list[KeptText]:
        """Returns all texts except the present one, the newest first."""
        now, opened = utc_now(), self._editing.open(chapter_id)
        present = None if opened.version is None else opened.version.id
        dated: list[tuple[datetime, str, str, int | None]] = [
            (each.created_at, snapshot_name(each), each.content, each.id)
            for each in self._snapshots.of_chapter(chapter_id)
        ]
        dated += [
            (each.created_at, version_name(each), each.content, None)
            for each in opened.versions
            if each.id != present
        ]
        dated.sort(key=lambda each: each[0], reverse=True)
        return [
            KeptText(f"{moment_words(moment, now)} · {name}", content, snapshot_id)
            for moment, name, content, snapshot_id in dated
        ]

    @of_novel
    async def _read(self, novel: OpenNovel, chapter_id: int) -> None:
        texts = await novel.call(lambda: self._texts(chapter_id))
        is_shown = self._chapter is not None and self._chapter.id == chapter_id
        if is_shown and self._panel is not None:
            self._listed = chapter_id
            self._panel.show_texts(texts, can_take=True)

    @once_of_novel
    async def _compare(self, novel: OpenNovel, kept: KeptText) -> None:
        shown = self._shown()
        segments = await self.in_background(lambda: text_diff(shown[1], kept.content))
        if self._panel is not None and kept == self._panel.chosen():
            self._compared = shown
            self._panel.show_difference(kept, segments, self._view.prose_look)

    def _shown(self) -> tuple[int | None, str]:
        """Returns the shown chapter, and its text."""
        return self._view.chapter_id, self._view.stored_text()

    @Slot(int)
    def _take_before_model(self, chapter_id: int) -> None:
        # Requested here, before the change of the text is saved.
        self.spawn(
            self._taken(
                self._operations.call(lambda: self._snapshots.take(chapter_id, SnapshotKind.MODEL))
            )
        )

    async def _taken(self, taking: Awaitable[object]) -> None:
        await taking
        self.refresh()

    @Slot()
    def _ask_for_name(self) -> None:
        if self._novel is not None and self._chapter is not None:
            self._novel.spawn(self._take(self._chapter.id))

    async def _take(self, chapter_id: int) -> None:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Take a Snapshot"))
        dialog.setLabelText(self.tr("Its name, by which you will find it:"))
        dialog.setOkButtonText(self.tr("Take"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        if not await agreed(dialog):
            return
        name = dialog.textValue().strip() or self.tr("Snapshot")
        await self._operations.settled()
        await self._operations.call(
            lambda: self._snapshots.take(chapter_id, SnapshotKind.NAMED, name)
        )
        self._window.show_snapshots()
        self.refresh()

    @Slot(str)
    def _restore(self, text: str) -> None:
        if self._novel is not None and self._chapter is not None:
            self._novel.spawn(self._bring_back(self._chapter.id, text))

    async def _bring_back(self, chapter_id: int, text: str) -> None:
        if self._has_changed():
            return
        await self._operations.settled()
        await self._operations.call(lambda: self._snapshots.take(chapter_id, SnapshotKind.RESTORE))
        # The disk may have been slow, and what the author typed meanwhile is in no snapshot.
        if self._has_changed():
            return
        if self._view.chapter_id == chapter_id and self._view.replace_text(text):
            self._view.flush_edits()
            # The button is hidden, and Qt would focus an arbitrary one.
            self._view.take_focus()
            await self._operations.settled()
            self.refresh()

    def _has_changed(self) -> bool:
        """Returns true, and says so, if the chapter is not the one that was compared: the result
        would undo what was typed since."""
        if self._compared == self._shown():
            return False
        if self._panel is not None and (kept := self._panel.chosen()) is not None:
            self._compare(kept)
        self._window.tell(
            self.tr("The chapter has changed since it was compared: look at it again.")
        )
        return True

    @once_of_novel
    async def _remove(self, novel: OpenNovel, snapshot_id: int) -> None:
        await novel.call(lambda: self._snapshots.remove(snapshot_id))
        self.refresh()
