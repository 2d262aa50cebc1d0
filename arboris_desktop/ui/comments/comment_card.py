"""A comment: its passage, the author's remark, and whether it is resolved."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from arboris_desktop.domain.comments import Comment
from arboris_desktop.text.emphasis import without_marks
from arboris_desktop.text.prose import at_most, one_line
from arboris_desktop.ui.codex.card import Card
from arboris_desktop.ui.codex.quotation import quotation_label, show_quotation
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.growing_edit import GrowingEdit
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label

_MOST_QUOTED = 120


class CommentCard(Card):
    """A click on the passage leads to it in the text; the comment is edited in place."""

    typed = Signal(int, str)
    """A comment's number, and its new text."""
    resolved = Signal(int, bool)
    removed = Signal(int)

    def __init__(self, comment: Comment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comment = comment
        self._chapter = muted(plain_label())
        self._quotation = quotation_label("")
        self._state = muted(plain_label())
        self._edit = GrowingEdit(1, 10)
        self._resolve, self._remove = _button("check"), _button("trash")
        for line in (self._chapter, self._quotation):
            self.add_line(line)
        self.add_row(self._edit)
        self.add_row(self._make_bottom())
        self._edit.textChanged.connect(self._tell_typed)
        self._resolve.clicked.connect(self._ask_to_resolve)
        self._remove.clicked.connect(lambda: self.removed.emit(self.comment.id))

    def show_comment(self, comment: Comment, chapter: str) -> None:
        """Shows it, with the chapter if that is not obvious."""
        self.comment = comment
        self._chapter.setText(chapter)
        self._chapter.setVisible(bool(chapter))
        quotation = one_line(without_marks(comment.quotation))
        show_quotation(self._quotation, at_most(_MOST_QUOTED, quotation))
        if comment.content != self._edit.toPlainText():
            self._edit.blockSignals(True)
            self._edit.set_text(comment.content)
            self._edit.blockSignals(False)
        self._show_state()

    def edit(self) -> None:
        """Starts editing the comment."""
        self._edit.setFocus()

    def text(self) -> str:
        """The comment's text, stored or not."""
        return self._edit.toPlainText()

    def _make_bottom(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._state, 1)
        layout.addWidget(self._resolve)
        layout.addWidget(self._remove)
        return row

    def _show_state(self) -> None:
        comment = self.comment
        words = [Wording.tr("Resolved")] if comment.is_resolved else []
        words += [Wording.tr("The passage is gone")] if comment.is_stale else []
        self._state.setText(" · ".join(words))
        _name(self._resolve, Wording.tr("Reopen") if comment.is_resolved else Wording.tr("Resolve"))
        self._resolve.setIcon(icon("retry" if comment.is_resolved else "check"))
        _name(self._remove, Wording.tr("Delete"))
        self._edit.setPlaceholderText(Wording.tr("Your comment"))
        self._edit.setAccessibleName(Wording.tr("Your comment"))
        self.setAccessibleName(self._quotation.text())
        self.setAccessibleDescription(Wording.tr("Opens the chapter at the passage"))

    @Slot()
    def _tell_typed(self) -> None:
        self.typed.emit(self.comment.id, self._edit.toPlainText())

    @Slot()
    def _ask_to_resolve(self) -> None:
        self.resolved.emit(self.comment.id, not self.comment.is_resolved)


def _button(icon_name: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIcon(icon(icon_name))
    return button


def _name(button: QToolButton, name: str) -> None:
    button.setToolTip(name)
    button.setAccessibleName(name)
