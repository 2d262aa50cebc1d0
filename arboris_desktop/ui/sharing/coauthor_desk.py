"""Two people in one chapter: neither text is lost, and both are told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.novel import ChapterOverview, ChapterVersion
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.sharing.banner import SharingBanner
from arboris_desktop.ui.work.desk import spawned
from arboris_desktop.writing.editing import Editing, SavedText


class CoauthorDesk(NovelDesk):
    """Follows texts that others store for the shown chapter.

    A reader is shown the new text; an author who has typed continues with their own, which is a
    separate version.
    """

    def __init__(
        self,
        window: MainWindow,
        editing: Editing,
        saving: SaveDesk,
        operations: Operations,
        open_chapter: Callable[[int], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.chapter_view
        self._editing = editing
        self._saving = saving
        self._operations = operations
        self._open_chapter = open_chapter
        self._banner: SharingBanner | None = None
        self._theirs: ChapterVersion | None = None
        saving.saved.connect(self._on_saved)

    @spawned
    async def look(self) -> None:
        """Checks whether another's write concerns this chapter."""
        if (chapter_id := self._view.chapter_id) is None:
            return
        theirs = await self._operations.call(lambda: self._overtaking(chapter_id))
        if theirs is None or self._view.chapter_id != chapter_id:
            return
        if self._view.has_unsaved_edits():
            return  # The save will find it.
        if self._saving.has_typed_in(chapter_id):
            self._tell(theirs)
        else:
            self._open_chapter(chapter_id)
            self._window.tell(
                self.tr("Somebody else has changed this chapter; this is the new text.")
            )

    def _overtaking(self, chapter_id: int) -> ChapterVersion | None:
        """Runs on the operations' thread, where no save is in progress."""
        base, selected = self._saving.base(chapter_id), self._editing.selected(chapter_id)
        if base is None or selected is None or selected.content == base.content:
            return None
        is_known = (selected.id, selected.revision) == (base.id, base.revision)
        return None if is_known else selected

    @Slot(object)
    def _on_saved(self, saved: SavedText) -> None:
        if saved.beside is not None and saved.beside.chapter_id == self._view.chapter_id:
            self._tell(saved.beside)

    def _tell(self, theirs: ChapterVersion) -> None:
        """Reports each version once, also its later changes."""
        was_told = self._theirs is not None and self._theirs.id == theirs.id
        self._theirs = theirs
        if was_told:
            return
        if self._banner is None:
            self._banner = SharingBanner()
            self._banner.chosen.connect(self._show_theirs)
            self._window.centre.add_banner(self._banner)
        self._banner.show_words(
            self.tr(
                "Somebody else is changing this chapter too. Both texts are kept: you see yours,"
                " and theirs is another version of the chapter."
            ),
            self.tr("Show the Other Text"),
            self.tr("Dismiss"),
        )

    @Slot()
    def _show_theirs(self) -> None:
        if self._theirs is not None:
            self._view.version_selected.emit(self._theirs.id)

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Removes the notice once the author sees the stored text."""
        super().show_chapter(chapter)
        self._be_silent()

    def end_novel(self) -> None:
        """Removes the notice."""
        super().end_novel()
        self._be_silent()

    def _be_silent(self) -> None:
        self._theirs = None
        if self._banner is not None:
            self._banner.hide()
