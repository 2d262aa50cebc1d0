"""Volumes and chapters of a plan as a tree whose items can be added, removed and moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from arboris_desktop.domain.novel import OutlineChapter, OutlineVolume
from arboris_desktop.text.number_labels import label_of
from arboris_desktop.ui.novels.chapter_tree_model import volume_name
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.wording import chapter_name

_TITLE = Qt.ItemDataRole.UserRole
_SUMMARY = Qt.ItemDataRole.UserRole + 1
_ROW_PADDING = 10


class OutlineEditorTree(QTreeWidget):
    """Two levels: volumes, and the chapters in them, numbered through the whole book.

    Commands act on the current item. There is always at least one volume.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Planned volumes and chapters"))
        self._numbering = ""

    def set_numbering(self, form: str) -> None:
        """Numbers the chapters in the form of the novel; an empty one is the usual of lists."""
        self._numbering = form
        self._renumber()

    def set_outline(self, volumes: Sequence[OutlineVolume]) -> None:
        """Shows a plan; an empty one becomes one volume without chapters."""
        self.clear()
        for volume in volumes or [OutlineVolume("", ())]:
            parent = self._new_item(volume.title)
            self.addTopLevelItem(parent)
            for chapter in volume.chapters:
                parent.addChild(self._new_item(chapter.title, chapter.summary))
        self.expandAll()
        self._renumber()
        first = self._volumes()[0]
        self.setCurrentItem((_children(first) or [first])[0])

    def outline(self) -> tuple[OutlineVolume, ...]:
        """The plan as shown."""
        return tuple(
            OutlineVolume(
                str(volume.data(0, _TITLE)).strip(),
                tuple(
                    OutlineChapter(
                        str(chapter.data(0, _TITLE)).strip(), str(chapter.data(0, _SUMMARY)).strip()
                    )
                    for chapter in _children(volume)
                ),
            )
            for volume in self._volumes()
        )

    def title(self) -> str:
        """The title of the current item."""
        return str(self._current().data(0, _TITLE))

    def summary(self) -> str:
        """The summary of the current chapter; a volume has none."""
        return str(self._current().data(0, _SUMMARY))

    def is_chapter(self) -> bool:
        """True if the current item is a chapter."""
        return self._current().parent() is not None

    def placeholder(self) -> str:
        """The placeholder name of the current item while it has no title."""
        item = self._current()
        if item.parent() is None:
            return volume_name(self.indexOfTopLevelItem(item) + 1, "")
        return self._name(self._chapters().index(item) + 1, "")

    def change_title(self, title: str) -> None:
        """Changes the title of the current item."""
        self._current().setData(0, _TITLE, title)
        self._renumber()
        self.changed.emit()

    def change_summary(self, summary: str) -> None:
        """Changes the summary of the current chapter."""
        self._current().setData(0, _SUMMARY, summary)
        self.changed.emit()

    def add_chapter(self) -> None:
        """Adds a chapter after the current one, or at the end of the current volume."""
        current = self._current()
        volume = current.parent()
        chapter = self._new_item("")
        if volume is None:
            current.addChild(chapter)
            current.setExpanded(True)
        else:
            volume.insertChild(volume.indexOfChild(current) + 1, chapter)
        self._settle(chapter)

    def add_volume(self) -> None:
        """Adds an empty volume after the current one."""
        volume = self._new_item("")
        self.insertTopLevelItem(self.indexOfTopLevelItem(self._current_volume()) + 1, volume)
        self._settle(volume)

    def can_remove(self) -> bool:
        """True unless it is the last volume."""
        return self.is_chapter() or self.topLevelItemCount() > 1

    def remove(self) -> None:
        """Removes the current item. The chapters of a volume move to the one before or after it."""
        if not self.can_remove():
            return
        item = self._current()
        volume = item.parent()
        if volume is None:
            self._settle(self._remove_volume(item))
            return
        row = volume.indexOfChild(item)
        volume.takeChild(row)
        # The chapter that is now in its place, otherwise the one before, otherwise the volume.
        left = _children(volume)
        self._settle((left[row:] or left[-1:] or [volume])[0])

    def shift(self, step: int) -> None:
        """Moves the current item one place up (-1) or down (+1); chapters also between volumes."""
        item = self._current()
        volume = item.parent()
        if volume is None:
            moved = self._move_volume(item, step)
        else:
            moved = self._move_chapter(item, volume, step)
        if moved:
            self._settle(item)

    def step_to_next_chapter(self) -> None:
        """Goes to the chapter after the current item; adds one after the last."""
        chapters = self._chapters()
        item = self._current()
        of_volume = _children(item)
        following = chapters[chapters.index(item) + 1 :] if item in chapters else of_volume
        if following:
            self.setCurrentItem(following[0])
        else:
            self.add_chapter()

    def _remove_volume(self, volume: QTreeWidgetItem) -> QTreeWidgetItem:
        row = self.indexOfTopLevelItem(volume)
        chapters = volume.takeChildren()
        self.takeTopLevelItem(row)
        heir = self._volumes()[max(0, row - 1)]
        heir.insertChildren(heir.childCount() if row else 0, chapters)
        return heir

    def _move_volume(self, volume: QTreeWidgetItem, step: int) -> bool:
        row = self.indexOfTopLevelItem(volume)
        if not 0 <= row + step < self.topLevelItemCount():
            return False
        self.takeTopLevelItem(row)
        self.insertTopLevelItem(row + step, volume)
        return True

    def _move_chapter(self, chapter: QTreeWidgetItem, volume: QTreeWidgetItem, step: int) -> bool:
        row = volume.indexOfChild(chapter) + step
        target = volume
        if not 0 <= row < volume.childCount():
            neighbour = self.topLevelItem(self.indexOfTopLevelItem(volume) + step)
            if neighbour is None:
                return False
            target, row = neighbour, neighbour.childCount() if step < 0 else 0
        volume.removeChild(chapter)
        target.insertChild(row, chapter)
        return True

    def _settle(self, current: QTreeWidgetItem) -> None:
        self.expandAll()
        self._renumber()
        self.setCurrentItem(current)
        self.changed.emit()

    def _current(self) -> QTreeWidgetItem:
        item = self.currentItem()
        assert item is not None
        return item

    def _current_volume(self) -> QTreeWidgetItem:
        item = self._current()
        return item.parent() or item

    def _volumes(self) -> list[QTreeWidgetItem]:
        return _children(self.invisibleRootItem())

    def _chapters(self) -> list[QTreeWidgetItem]:
        return [chapter for volume in self._volumes() for chapter in _children(volume)]

    def _new_item(self, title: str, summary: str = "") -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(0, _TITLE, title)
        item.setData(0, _SUMMARY, summary)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + _ROW_PADDING))
        return item

    def _renumber(self) -> None:
        for position, volume in enumerate(self._volumes(), start=1):
            volume.setText(0, volume_name(position, str(volume.data(0, _TITLE))))
            volume.setIcon(0, icon("volume"))
        for number, chapter in enumerate(self._chapters(), start=1):
            chapter.setText(0, self._name(number, str(chapter.data(0, _TITLE)).strip()))

    def _name(self, number: int, title: str) -> str:
        label = label_of(self._numbering, number) if self._numbering else None
        return chapter_name(number, title, label)


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for row in range(item.childCount()) if (child := item.child(row)) is not None]
