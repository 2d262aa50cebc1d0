"""The stage of the outline: the tree at the left, the selected item at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterRange, Outline
from arboris_desktop.domain.outline_changes import OutlinePlace
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.outline.chapter_plan_form import ChapterPlanForm
from arboris_desktop.ui.outline.next_step import NextStep
from arboris_desktop.ui.outline.outline_notice import OutlineNotice
from arboris_desktop.ui.outline.outline_rows import ChapterRow, GapRow, VolumeRow
from arboris_desktop.ui.outline.outline_tools import ActionRow, OutlineActions
from arboris_desktop.ui.outline.outline_tree import OutlineTree
from arboris_desktop.ui.outline.run_panel import RunPanel
from arboris_desktop.ui.outline.volume_form import VolumeForm
from arboris_desktop.ui.outline.words import chapter_count
from arboris_desktop.ui.widgets.empty_state import EmptyState

_TOP = ("plan_volumes", "fill", "regenerate", "", "undo")
_BELOW = ("insert_after", "add_volume", "", "merge", "move_up", "move_down", "remove")
_CHAPTER_MENU = ("open", "rename", "insert_before", "insert_after", "split", "merge", "remove")


class OutlinePage(Translated, QWidget):
    """Composes the stage; requests are emitted by the signals of its parts."""

    insert_requested = Signal(object)
    """The ``OutlinePlace`` before which a new chapter should stand."""

    add_volume_requested = Signal(object)
    """The id of the volume before the new one, or ``None``."""

    remove_chapters_requested = Signal(object)
    remove_volume_requested = Signal(int)
    merge_requested = Signal(object)
    shift_chapters_requested = Signal(object, int)
    shift_volume_requested = Signal(int, int)
    fill_requested = Signal(object)
    """An initial ``ChapterRange``, or ``None``."""

    regenerate_requested = Signal(object)
    plan_volumes_requested = Signal()
    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = Outline()
        self._language = Language.ENGLISH
        self.tree = OutlineTree()
        self.chapter_form = ChapterPlanForm()
        self.volume_form = VolumeForm()
        self.notice = OutlineNotice()
        self.run_panel, self.next_step = RunPanel(), NextStep()
        self.actions_ = OutlineActions(self)
        self._build()
        self._connect()
        self._retranslate()

    @property
    def outline(self) -> Outline:
        """The shown outline."""
        return self._outline

    @property
    def language(self) -> Language:
        """The language of the shown novel."""
        return self._language

    def show_outline(self, outline: Outline, language: Language) -> None:
        """Shows an outline, or its changes."""
        self._outline, self._language = outline, language
        self.tree.show_outline(outline, language)
        self.notice.show_problems(outline.problems)
        self.next_step.show_outline(outline)
        is_empty = not (outline.chapters or outline.volumes)
        self._left.setCurrentWidget(self._nothing if is_empty else self.tree)
        self._right.setVisible(not is_empty)

    def show_nothing(self) -> None:
        """Shows nothing before an outline is read; what was typed is reported first."""
        self.flush()
        self.show_outline(Outline(), self._language)
        self._left.setCurrentWidget(self._unread)
        self.chapter_form.show_nothing()
        self.volume_form.show_nothing()

    def set_can_undo(self, can: bool) -> None:
        """Sets whether there is a change to undo."""
        self.actions_["undo"].setEnabled(can)

    @property
    def has_unsaved_edits(self) -> bool:
        """True if any typed text may not be saved yet."""
        return self.chapter_form.has_unsaved_edits or self.volume_form.has_unsaved_edits

    def flush(self) -> None:
        """Reports what was typed at once."""
        self.chapter_form.flush()
        self.volume_form.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        """Reports what was typed before another stage is shown."""
        super().hideEvent(event)
        self.flush()

    def _build(self) -> None:
        self._nothing = EmptyState("volume")
        self._nothing.pressed.connect(self.actions_["plan_volumes"].trigger)
        # An outline that has not been read yet is not described as empty.
        self._left, self._unread = QStackedWidget(), QWidget()
        self._left.addWidget(self._unread)
        self._left.addWidget(self._nothing)
        self._left.addWidget(self.tree)
        self._hint = EmptyState("edit")
        self._right = QStackedWidget()
        for widget in (self._hint, self.chapter_form, self.volume_form):
            self._right.addWidget(widget)
        self._below = ActionRow(self.actions_, _BELOW)
        self._below.show_words({"insert_after", "add_volume"})
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._left, 1)
        column.addWidget(self._below)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._right)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setSizes([680, 340])
        self._right.hide()
        # The stages share one place: without this, the docks of chapters would have to be narrower.
        self.setMinimumSize(380, 240)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(ActionRow(self.actions_, _TOP), 1)
        top.addWidget(self.next_step)
        layout.addLayout(top)
        layout.addWidget(self.run_panel)
        layout.addWidget(self.notice)
        layout.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self.tree.row_chosen.connect(self._show_choice)
        self.tree.shift_requested.connect(self._shift)
        self.tree.remove_requested.connect(lambda: self._act("remove"))
        self.tree.gap_opened.connect(self.fill_requested)
        self.tree.menu_requested.connect(self._show_menu)
        self.notice.fill_requested.connect(self.fill_requested)
        self.run_panel.call_bar.busy_changed.connect(self.next_step.set_busy)
        self.actions_.triggered.connect(self._act)
        self.set_can_undo(False)
        self._show_choice()

    def _retranslate(self) -> None:
        self.actions_.retranslate()
        self.tree.setAccessibleName(self.tr("Outline: volumes and chapters"))
        self.tree.outline_model().retranslate()
        self._nothing.set_text(
            self.tr(
                "No chapter is planned yet. Let the model plan volumes and chapters, or add the"
                " first chapter yourself."
            )
        )
        self._nothing.set_button(self.tr("Plan volumes…"))
        self._show_choice()

    # --- what is selected ---

    @Slot()
    def _show_choice(self) -> None:
        row, chapters = self.tree.current_row(), self.tree.selected_chapters()
        if isinstance(row, ChapterRow):
            self.volume_form.flush()
            self.chapter_form.show_chapter(row.chapter, self._language)
            self._right.setCurrentWidget(self.chapter_form)
        elif isinstance(row, VolumeRow) and row.volume is not None:
            self.chapter_form.flush()
            self.volume_form.show_volume(row, row.volume)
            self._right.setCurrentWidget(self.volume_form)
        else:
            self.flush()
            self._hint.set_text(self._hint_for(row, len(chapters)))
            self._right.setCurrentWidget(self._hint)
        self._enable(row, len(chapters))

    def _hint_for(self, row: object, count: int) -> str:
        if isinstance(row, GapRow):
            return self.tr(
                "Chapters {numbers} are missing. Double-click to let the model plan them, or add"
                " a chapter here yourself."
            ).format(numbers=row.range)
        if count > 1:
            text = self.tr("{chapters} selected. Drag them, or move them with Alt and the arrows.")
            return text.format(chapters=chapter_count(count))
        return self.tr("Select a chapter or a volume to see and change its plan.")

    def _enable(self, row: object, count: int) -> None:
        volume = isinstance(row, VolumeRow) and row.volume is not None
        one = isinstance(row, ChapterRow)
        chosen = self.tree.selected_chapters()
        for name in ("open", "split", "insert_before"):
            self.actions_[name].setEnabled(one)
        self.actions_["rename"].setEnabled(one or volume)
        for name in ("move_up", "move_down", "remove"):
            self.actions_[name].setEnabled(count > 0 or volume)
        numbers = sorted(chapter.number for chapter in chosen)
        in_a_row = numbers == list(range(numbers[0], numbers[0] + count)) if numbers else False
        unwritten = not any(chapter.has_text for chapter in chosen)
        self.actions_["merge"].setEnabled(count > 1 and in_a_row and unwritten)
        self.actions_["regenerate"].setEnabled(bool(self._outline.chapters))

    # --- what is asked for ---

    @Slot(str)
    def _act(self, name: str) -> None:
        self.flush()
        row = self.tree.current_row()
        chapters = tuple(chapter.id for chapter in self.tree.selected_chapters())
        match name:
            case "plan_volumes":
                self.plan_volumes_requested.emit()
            case "fill" | "fill_gap":
                self.fill_requested.emit(row.range if isinstance(row, GapRow) else None)
            case "regenerate":
                self.regenerate_requested.emit(self._selected_range())
            case "undo":
                self.undo_requested.emit()
            case "insert_before" | "insert_after":
                self.insert_requested.emit(self._place(row, after=name == "insert_after"))
            case "add_volume":
                self.add_volume_requested.emit(self._volume_of(row))
            case "move_up" | "move_down":
                self._shift(-1 if name == "move_up" else 1)
            case "merge":
                self.merge_requested.emit(chapters)
            case _:
                self._act_on_one(name, row, chapters)

    def _act_on_one(self, name: str, row: object, chapters: tuple[int, ...]) -> None:
        if name == "remove" and chapters:
            self.remove_chapters_requested.emit(chapters)
        elif name == "remove" and isinstance(row, VolumeRow) and row.volume is not None:
            self.remove_volume_requested.emit(row.volume.id)
        elif name == "rename":
            self.tree.rename()
        elif name == "open" and chapters:
            self.chapter_form.open_requested.emit(chapters[0])
        elif name == "split" and chapters:
            self.chapter_form.ask_split()

    def _place(self, row: object, *, after: bool) -> OutlinePlace:
        """Returns the place of a new chapter: beside the selected one, at a gap, or at the end."""
        if isinstance(row, ChapterRow):
            return OutlinePlace(row.place.group, row.place.index + after)
        if isinstance(row, GapRow):
            return row.place
        groups = self._outline.groups
        if isinstance(row, VolumeRow):
            return OutlinePlace(row.group, len(groups[row.group].slots))
        last = max(0, len(groups) - 1)
        return OutlinePlace(last, len(groups[last].slots) if groups else 0)

    def _volume_of(self, row: object) -> int | None:
        if isinstance(row, VolumeRow):
            return None if row.volume is None else row.volume.id
        return row.chapter.volume_id if isinstance(row, ChapterRow) else None

    def _selected_range(self) -> ChapterRange | None:
        numbers = [chapter.number for chapter in self.tree.selected_chapters()]
        row = self.tree.current_row()
        if isinstance(row, VolumeRow) and len(row.range):
            return row.range
        return ChapterRange(min(numbers), max(numbers)) if numbers else None

    @Slot(int)
    def _shift(self, step: int) -> None:
        self.flush()
        row = self.tree.current_row()
        chapters = tuple(chapter.id for chapter in self.tree.selected_chapters())
        if chapters:
            self.shift_chapters_requested.emit(chapters, step)
        elif isinstance(row, VolumeRow) and row.volume is not None:
            self.shift_volume_requested.emit(row.volume.id, step)

    @Slot(QPoint)
    def _show_menu(self, position: QPoint) -> None:
        row = self.tree.current_row()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(row, GapRow):
            names: tuple[str, ...] = ("fill_gap", "insert_after")
        elif isinstance(row, VolumeRow):
            names = ("rename", "insert_after", "add_volume", "regenerate", "remove")
        else:
            names = _CHAPTER_MENU
        menu.addActions([self.actions_[name] for name in names])
        menu.popup(self.tree.viewport().mapToGlobal(position))
