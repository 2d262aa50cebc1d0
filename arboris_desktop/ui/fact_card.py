"""One fact of the codex: what is said, and the words of the chapter that prove it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from arboris_desktop.domain.codex import CodexFact
from arboris_desktop.ui.plain_text import plain_label
from arboris_desktop.ui.toned import muted
from arboris_desktop.ui.wording import chapter_name, fact_status

_RADIUS = 6.0


class FactCard(QAbstractButton):
    """A click, Space or Enter opens the fact's place in the book."""

    def __init__(self, fact: CodexFact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fact = fact
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(3)
        chapter = chapter_name(fact.chapter_number, fact.chapter_title)
        state = _state(fact)
        parts = [muted(plain_label(chapter)), plain_label(fact.statement)]
        if fact.quotation:
            quotation = muted(plain_label(_in_quotes(fact.quotation)))
            font = quotation.font()
            font.setItalic(not _is_chinese(fact.quotation))
            quotation.setFont(font)
            parts.append(quotation)
        parts.append(muted(plain_label(state)))
        for label in parts:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        self.setAccessibleName(". ".join(label.text() for label in parts))
        self.setAccessibleDescription(
            QCoreApplication.translate("FactCard", "Opens the chapter at the quotation")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, and a ring around the card that has the keyboard."""
        del event
        colours = self.palette()
        raised = self.underMouse() or self.isDown()
        ground = QPalette.ColorRole.AlternateBase if raised else QPalette.ColorRole.Base
        edge = QPalette.ColorRole.Accent if self.hasFocus() else QPalette.ColorRole.Mid
        width = 2 if self.hasFocus() else 1
        inset = width / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.color(edge), width))
        painter.setBrush(colours.color(ground))
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)


def _state(fact: CodexFact) -> str:
    text = QCoreApplication.translate("FactCard", "{status} · {percent}% sure")
    return text.format(status=fact_status(fact.status), percent=round(fact.confidence * 100))


def _in_quotes(quotation: str) -> str:
    return QCoreApplication.translate("FactCard", "“{quotation}”").format(quotation=quotation)


def _is_chinese(text: str) -> bool:
    """Chinese characters have no italics; slanted by the computer they are hard to read."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
