"""The text of a candidate, with the remarks of an evaluation in its margin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.candidates import CandidateJudgement, Remark
from arboris_desktop.text.quotations import locate
from arboris_desktop.ui.candidates.margin_notes import MarginNote, Wished, stacked
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.editor.writing_aids import part_in_focus
from arboris_desktop.ui.chapter.text_focus import TextFocus
from arboris_desktop.ui.widgets.theme import tone_colours

_SIDE = 20
_NOTES_SHARE = 0.28
_NARROWEST_NOTES, _WIDEST_NOTES = 130, 210


class CandidateText(ChapterEditor):
    """Read-only. Sentences with remarks are highlighted, and the remarks stand beside them."""

    def __init__(self, parent: QWidget | None = None, *, font_points: int = 13) -> None:
        self._notes: list[MarginNote] = []
        self._sentences: dict[MarginNote, QTextCursor] = {}
        self._shows_notes = True
        super().__init__(parent, font_points=font_points)
        # The notes are placed beside lines, whose positions are known after the layout.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._place_notes)
        self.verticalScrollBar().valueChanged.connect(self._place_notes)
        self.verticalScrollBar().rangeChanged.connect(lambda: self._soon.start(0))

    @property
    def notes(self) -> list[MarginNote]:
        """The notes in the margin, praise first."""
        return list(self._notes)

    def marked_sentences(self) -> list[str]:
        """The highlighted sentences, in the order of their notes."""
        return [self._sentences[note].selectedText() for note in self._notes if self._has(note)]

    def show_judgement(self, judgement: CandidateJudgement | None) -> None:
        """Shows the remarks of a judgement, or none."""
        self._clear_notes()
        if judgement is not None:
            for remarks, is_praise in ((judgement.pros, True), (judgement.cons, False)):
                for remark in remarks:
                    self._add_note(remark, is_praise=is_praise)
        self._mark_sentences()
        self._arrange_notes()

    def set_notes_shown(self, shown: bool) -> None:
        """Shows the notes, or gives their space to the text; sentences stay highlighted."""
        self._shows_notes = shown
        self._arrange_notes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._notes:
            self._mark_sentences()

    def _retranslate(self) -> None:
        super()._retranslate()
        if self._notes:
            self._soon.start(0)

    def _has(self, note: MarginNote) -> bool:
        return note in self._sentences

    def _clear_notes(self) -> None:
        for note in self._notes:
            note.hide()
            note.deleteLater()
        self._notes, self._sentences = [], {}

    def _add_note(self, remark: Remark, *, is_praise: bool) -> None:
        note = MarginNote(remark, is_praise=is_praise, parent=self)
        self._notes.append(note)
        if remark.is_supported and (span := locate(remark.quotation, self.text())) is not None:
            self._sentences[note] = self._sentence(span.start, span.end)
            note.pressed.connect(lambda: self.reveal(span.start, span.end))

    def _sentence(self, start: int, end: int) -> QTextCursor:
        """Returns the sentences that contain a passage."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self.select(start, end)
        found = self.textCursor()
        ends = [QTextCursor(found) for _ in range(2)]
        ends[0].setPosition(found.selectionStart())
        ends[1].setPosition(max(found.selectionStart(), found.selectionEnd() - 1))
        first, last = (part_in_focus(each, TextFocus.SENTENCE) for each in ends)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        bar.setValue(place)
        sentence = QTextCursor(self.document())
        sentence.setPosition(first[0])
        sentence.setPosition(last[1], QTextCursor.MoveMode.KeepAnchor)
        return sentence

    def _mark_sentences(self) -> None:
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        bare = QTextCharFormat()
        bare.setBackground(QColor(0, 0, 0, 0))
        whole.mergeCharFormat(bare)
        for note, sentence in self._sentences.items():
            look = QTextCharFormat()
            look.setBackground(QColor(tone_colours(self.palette(), note.tone()).ground))
            sentence.mergeCharFormat(look)

    def _arrange_notes(self) -> None:
        for note in self._notes:
            note.setVisible(self._shows_notes)
        self._centre_column()
        self._soon.start(0)

    def _notes_width(self) -> int:
        if not (self._notes and self._shows_notes):
            return 0
        return min(_WIDEST_NOTES, max(_NARROWEST_NOTES, round(self.width() * _NOTES_SHARE)))

    def _centre_column(self) -> None:
        """Makes the column narrower than that of a chapter alone, with the notes at its right."""
        notes = self._notes_width()
        room = self.width() - notes
        side = max(_SIDE, (room - self._column_width()) // 2)
        self.setViewportMargins(side, 0, side + notes, 0)

    @Slot()
    def _place_notes(self) -> None:
        if not self._notes or not self._shows_notes:
            return
        width, top = self._notes_width(), self.verticalScrollBar().value()
        left = self.viewport().geometry().right() + _SIDE // 2
        wished = [
            Wished(note, note.heightForWidth(width), self._place_of(note) + top)
            for note in self._notes
        ]
        placed = stacked(wished)
        for note, place, height in placed:
            note.setGeometry(left, place - top, width, height)
        self._make_room(placed[-1][1] + placed[-1][2])

    def _place_of(self, note: MarginNote) -> int:
        """Returns the position of a note beside its sentence; the top if it has none."""
        if note not in self._sentences:
            return -self.verticalScrollBar().value()
        first = QTextCursor(self.document())
        first.setPosition(self._sentences[note].selectionStart())
        return self.cursorRect(first).top()

    def _make_room(self, bottom: int) -> None:
        """Lets the text be scrolled as far as its last note."""
        frame = self.document().rootFrame()
        look = frame.frameFormat()
        text = self.document().size().height() - look.bottomMargin() + look.topMargin()
        wanted = max(look.topMargin(), bottom + look.topMargin() - text)
        if abs(wanted - look.bottomMargin()) > 1:
            look.setBottomMargin(wanted)
            frame.setFrameFormat(look)
