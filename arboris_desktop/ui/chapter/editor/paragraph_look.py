"""The layout of paragraphs: spacing, first-line indentation, centred scene breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import (
    QFontInfo,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.text.normal_form import is_stars
from arboris_desktop.ui.chapter.editor.document_text import LINE_BREAK

LINE_EMS = 1.75
"""Line spacing in ems, since fonts differ in their own spacing."""

_INDENT_EMS = {Language.ENGLISH: 1.5, Language.CHINESE: 2.0}
_INDENTS = {Language.ENGLISH: "\u2003\u2002", Language.CHINESE: "\u3000\u3000"}
"""Spaces of the same width."""
_GAP_EMS = 0.9
_SCENE_GAP_EMS = 0.6


_STEPS = "looks"
"""A document property: the undo steps after which only the layout was changed."""


class ParagraphLook(QObject):
    """Lays out each paragraph without adding an undo step."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.language = Language.ENGLISH
        self.style = ParagraphStyle.INDENT
        self.line_ems = LINE_EMS
        self.is_at_work = False
        self._touched: tuple[int, int] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.dress_touched)

    def paragraph(self) -> QTextBlockFormat:
        """Returns the format of a prose paragraph."""
        look = self._spaced()
        if self.style is not ParagraphStyle.GAP:
            look.setTextIndent(_INDENT_EMS[self.language] * self._em())
        if self.style is not ParagraphStyle.INDENT:
            look.setBottomMargin(_GAP_EMS * self._em())
        return look

    def indent_in_letters(self) -> str:
        """Returns blanks as wide as the indentation, for words that Qt draws outside a
        paragraph."""
        if self.style is ParagraphStyle.GAP:
            return ""
        ems = _INDENT_EMS[self.language]
        return "\u2003" * int(ems) + "\u2002" * round(2 * (ems % 1))

    def scene(self) -> QTextBlockFormat:
        """Returns the format of a scene break."""
        look = self._spaced()
        look.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        look.setTopMargin(_SCENE_GAP_EMS * self._em())
        look.setBottomMargin(_SCENE_GAP_EMS * self._em())
        return look

    def in_lines(self) -> str:
        """The separators of paragraphs that are laid out as lines of one."""
        gap = "" if self.style is ParagraphStyle.INDENT else LINE_BREAK
        indent = "" if self.style is ParagraphStyle.GAP else _INDENTS[self.language]
        return f"{LINE_BREAK}{gap}{indent}"

    def line_height(self) -> float:
        """Returns the line spacing in pixels."""
        return self.line_ems * self._em()

    def begin(self, document: QTextDocument) -> None:
        """Follows the changes of a newly shown document."""
        self._touched = None
        document.contentsChange.connect(self._note)

    def end(self, document: QTextDocument) -> None:
        """Releases a document."""
        self.dress_touched()
        document.contentsChange.disconnect(self._note)

    def dress(self, cursor: QTextCursor, starts: Iterable[int]) -> None:
        """Lays out inserted paragraphs as part of the same step."""
        for start in starts:
            self._give(cursor, cursor.document().findBlock(start))

    @Slot()
    def dress_touched(self) -> None:
        """Lays out changed paragraphs."""
        touched, self._touched = self._touched, None
        self._soon.stop()
        document = self._editor.document()
        # Undone paragraphs have their old format; a change here would end what can be redone.
        if touched is None or document.isRedoAvailable():
            return
        block, wrong = document.findBlock(touched[0]), []
        while block.isValid() and block.position() <= touched[1]:
            if _is_centred(block) != is_stars(block.text()):
                wrong.append(block.position())
            block = block.next()
        if wrong:
            with self._unseen(document) as cursor:
                self.dress(cursor, wrong)
        self.dress_all()

    def dress_all(self) -> None:
        """Lays out all paragraphs in the present size and style."""
        document = self._editor.document()
        wanted, has = self.paragraph(), _first_of_prose(document)
        if has is None or document.isRedoAvailable() or _alike(has, wanted):
            return
        with self._unseen(document) as cursor:
            block = document.begin()
            while block.isValid():
                self._give(cursor, block)
                block = block.next()

    def _give(self, cursor: QTextCursor, block: QTextBlock) -> None:
        cursor.setPosition(block.position())
        cursor.setBlockFormat(self.scene() if is_stars(block.text()) else self.paragraph())

    def skip_undone(self) -> None:
        """Also undoes steps that came before layout changes: those are no steps of the author's."""
        document = self._editor.document()
        while document.isUndoAvailable() and document.availableUndoSteps() in _steps(document):
            document.undo()

    def skip_redone(self) -> None:
        """Also redoes layout changes that followed the redone step."""
        document = self._editor.document()
        while document.isRedoAvailable() and document.availableUndoSteps() in _steps(document):
            document.redo()

    @contextmanager
    def _unseen(self, document: QTextDocument) -> Iterator[QTextCursor]:
        """Returns a cursor whose changes are not undo steps of their own."""
        cursor, before = QTextCursor(document), document.availableUndoSteps()
        can_undo = document.isUndoRedoEnabled()
        self.is_at_work = True
        try:
            if before and can_undo:
                document.setProperty(_STEPS, [*_steps_before(document, before), before])
            else:
                document.setProperty(_STEPS, [])
                document.setUndoRedoEnabled(False)
            cursor.beginEditBlock()
            yield cursor
            cursor.endEditBlock()
            document.setUndoRedoEnabled(can_undo)
        finally:
            self.is_at_work = False

    @Slot(int, int, int)
    def _note(self, place: int, _removed: int, added: int) -> None:
        if self.is_at_work:
            return
        document = self._editor.document()
        if not document.isRedoAvailable():
            # What was undone before this change cannot be redone, nor its layout.
            document.setProperty(_STEPS, _steps_before(document, document.availableUndoSteps()))
        first, last = self._touched or (place, place)
        self._touched = (min(first, place), max(last, place + added))
        # Qt emits this amid the change, where nothing else may be changed.
        self._soon.start(0)

    def _spaced(self) -> QTextBlockFormat:
        font = self._editor.font()
        percent = 100 * self.line_ems * self._em() / QFontMetricsF(font).lineSpacing()
        look = QTextBlockFormat()
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        look.setLineHeight(percent, proportional.value)
        return look

    def _em(self) -> int:
        return QFontInfo(self._editor.font()).pixelSize()


def _is_centred(block: QTextBlock) -> bool:
    return bool(block.blockFormat().alignment() & Qt.AlignmentFlag.AlignHCenter)


def _alike(one: QTextBlockFormat, other: QTextBlockFormat) -> bool:
    def measures(look: QTextBlockFormat) -> tuple[float, float, float]:
        return look.textIndent(), look.bottomMargin(), look.lineHeight()

    return measures(one) == measures(other)


def _first_of_prose(document: QTextDocument) -> QTextBlockFormat | None:
    block = document.begin()
    while block.isValid() and _is_centred(block):
        block = block.next()
    return block.blockFormat() if block.isValid() else None


def _steps_before(document: QTextDocument, step: int) -> list[int]:
    return [known for known in _steps(document) if known < step]


def _steps(document: QTextDocument) -> list[int]:
    return list(document.property(_STEPS) or ())
