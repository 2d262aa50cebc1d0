"""Two texts and their differences, in one text or side by side.

Changes of a revision are marked. Texts written independently differ almost everywhere: then only
the few common parts are greyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QMimeData, Qt, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QTextEdit, QVBoxLayout, QWidget

from arboris_desktop.text.differences import TextSegment, changes, is_revision, text_diff
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_copy import plain_copy
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_line
from arboris_desktop.ui.widgets.prose_look import ProseLook, dress_stored
from arboris_desktop.ui.widgets.synced_scrolling import SyncedScrolling
from arboris_desktop.ui.widgets.theme import Tone, tone_colours


class DiffSide(StrEnum):
    """The side that a text shows: the old one, the new one, or both in one."""

    OLD = "old"
    NEW = "new"
    BOTH = "both"


class DiffText(QTextEdit):
    """One text with its changes marked: deletions struck through, insertions underlined."""

    def __init__(self, side: DiffSide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._segments: tuple[TextSegment, ...] = ()
        self._marks_changes = True
        self._look: ProseLook | None = None
        self.setReadOnly(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_segments(self, segments: tuple[TextSegment, ...], *, marks_changes: bool) -> None:
        """Shows a difference from its beginning; unless it marks changes, common parts are
        greyed."""
        self._segments, self._marks_changes = segments, marks_changes
        self._write()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def set_prose_look(self, look: ProseLook) -> None:
        """Shows the text in the font and paragraph style of the novel."""
        self._look = look
        self.setFont(look.font())
        dress_stored(self, look)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies the text without the marks of the change."""
        return plain_copy(super().createMimeDataFromSelection(), self.textCursor())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._look is not None:
            # With a style sheet Qt forgets the font of a widget that is moved to another window.
            if self.font().families() != (prose := self._look.font()).families():
                self.setFont(prose)
        elif event.type() == QEvent.Type.PaletteChange:
            place = self.verticalScrollBar().value()
            self._write()
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.verticalScrollBar().setValue(place)

    def _formats(self) -> tuple[QTextCharFormat, QTextCharFormat, QTextCharFormat]:
        """Returns the formats of common, deleted and inserted text."""
        if not self._marks_changes:
            same = QTextCharFormat()
            same.setForeground(self.palette().placeholderText())
            return same, QTextCharFormat(), QTextCharFormat()
        gone, come = self._format(Tone.BAD), self._format(Tone.GOOD)
        gone.setFontStrikeOut(True)
        come.setFontUnderline(True)
        return QTextCharFormat(), gone, come

    def _write(self) -> None:
        self.clear()
        same, gone, come = self._formats()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for segment in self._segments:
            if not segment.is_change:
                cursor.insertText(segment.new, same)
                continue
            if self._side is not DiffSide.NEW and segment.old:
                cursor.insertText(segment.old, gone)
            if self._side is not DiffSide.OLD and segment.new:
                cursor.insertText(segment.new, come)
        cursor.endEditBlock()
        if self._look is not None:
            dress_stored(self, self._look)

    def _format(self, tone: Tone) -> QTextCharFormat:
        colours = tone_colours(self.palette(), tone)
        made = QTextCharFormat()
        made.setForeground(QColor(colours.text))
        made.setBackground(QColor(colours.ground))
        return made


class DiffView(Translated, QWidget):
    """Shows the difference between two texts; the author switches between one text and two.

    Compute ``text_diff`` of a whole chapter on another thread, and pass the result to
    ``show_segments``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._has_texts, self._is_revision = 0, False, True
        self._own_names: dict[DiffSide, str] = {}
        self._texts = {side: DiffText(side) for side in DiffSide}
        self._names = {side: plain_line() for side in (DiffSide.OLD, DiffSide.NEW)}
        self._summary = muted(plain_label())
        self._side_by_side = QCheckBox()
        self._lay_out()
        self._side_by_side.toggled.connect(self._arrange)
        self._together = SyncedScrolling(*(self._texts[side] for side in self._names))
        self._arrange()
        self._retranslate()

    def show_texts(self, old: str, new: str) -> None:
        """Compares two texts of a few hundred words and shows the differences."""
        self.show_segments(text_diff(old, new))

    def show_segments(
        self,
        segments: tuple[TextSegment, ...],
        anchors: Sequence[tuple[int, int]] | None = None,
        *,
        are_drafts: bool = False,
    ) -> None:
        """Shows differences that were computed before.

        ``anchors`` are where corresponding paragraphs begin; without them the texts are aligned by
        their common parts. ``are_drafts`` means that neither text was derived from the other.
        """
        self._count, self._has_texts = len(changes(segments)), bool(segments)
        self._is_revision = not are_drafts and is_revision(segments)
        if anchors is None:
            anchors = [(s.old_start, s.new_start) for s in segments if not s.is_change]
        for side, text in self._texts.items():
            marks_changes = self._is_revision or side is DiffSide.BOTH
            text.show_segments(segments, marks_changes=marks_changes)
        self._together.set_anchors(anchors)
        self._retranslate()

    def show_side_by_side(self, wanted: bool) -> None:
        """Switches between two texts side by side and one."""
        self._side_by_side.setChecked(wanted)

    def set_names(self, old: str, new: str) -> None:
        """Sets the names of the two texts side by side; the defaults are before and after."""
        self._own_names = {DiffSide.OLD: old, DiffSide.NEW: new}
        self._retranslate()

    def set_prose_look(self, look: ProseLook) -> None:
        """Shows the texts in the font and paragraph style of the novel."""
        for text in self._texts.values():
            text.set_prose_look(look)

    def text(self, side: DiffSide) -> str:
        """Returns one of the texts."""
        return self._texts[side].toPlainText()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._summary, 1)
        top.addWidget(self._side_by_side)
        self._pair = QSplitter(Qt.Orientation.Horizontal)
        self._pair.setChildrenCollapsible(False)
        for side, name in self._names.items():
            column = QWidget()
            rows = QVBoxLayout(column)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(4)
            rows.addWidget(name)
            rows.addWidget(self._texts[side])
            name.setBuddy(self._texts[side])
            self._pair.addWidget(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._texts[DiffSide.BOTH], 1)
        layout.addWidget(self._pair, 1)

    @Slot()
    def _arrange(self) -> None:
        two = self._side_by_side.isChecked()
        self._pair.setVisible(two)
        self._texts[DiffSide.BOTH].setVisible(not two)
        self._summary.setText(self._summary_words())

    def _retranslate(self) -> None:
        self._side_by_side.setText(self.tr("Side by side"))
        names = {DiffSide.OLD: self.tr("Before"), DiffSide.NEW: self.tr("After")}
        for side, name in (names | self._own_names).items():
            self._names[side].setText(name)
        self._texts[DiffSide.BOTH].setAccessibleName(self.tr("Both texts, with what changes"))
        self._summary.setText(self._summary_words())

    def _summary_words(self) -> str:
        if not self._count:
            return self.tr("No difference") if self._has_texts else ""
        if not self._is_revision and self._side_by_side.isChecked():
            return self.tr("Two independent texts; what they have in common is grey")
        return self.tr("%n change(s)", "", self._count)
