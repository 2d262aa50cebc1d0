"""The comments of a chapter, or of the book: read, edited, resolved, deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.comments import Comment
from arboris_desktop.ui.comments.comment_card import CommentCard
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.plain_text import plain_label


class CommentPanel(Translated, QWidget):
    """Lists comments in reading order; a card stays the same widget while its comment exists, so
    that its cursor is not lost."""

    add_requested = Signal()
    passage_requested = Signal(object)
    """The ``Comment`` whose passage should be shown."""
    typed = Signal(int, str)
    resolved = Signal(int, bool)
    removed = Signal(int)
    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Comment] = ()
        self._cards: dict[int, CommentCard] = {}
        self._chapter: int | None = None
        self._name_of: Callable[[int], str] = lambda _chapter: ""
        self._is_pending: Callable[[int], bool] = lambda _comment: False
        self._scope, self._with_resolved = QComboBox(), QCheckBox()
        self._scope.addItems(["", ""])
        self._gone, self._undo = plain_label(), QPushButton()
        self._empty = EmptyState("comment")
        self._pages, self._list = QStackedWidget(), QVBoxLayout()
        self._notice = QWidget()
        self._lay_out()
        self._scope.currentIndexChanged.connect(self._arrange)
        self._with_resolved.toggled.connect(self._arrange)
        self._undo.clicked.connect(self.undo_requested)
        self._empty.pressed.connect(self.add_requested)
        self._retranslate()

    def know(self, name_of: Callable[[int], str], is_pending: Callable[[int], bool]) -> None:
        """Takes functions that return the name of a chapter, and whether a comment is not stored
        yet."""
        self._name_of, self._is_pending = name_of, is_pending

    def show_comments(self, comments: Sequence[Comment], chapter_id: int | None) -> None:
        """Shows the comments of a novel, of which a chapter is open."""
        self._all, self._chapter = [self._newest(each) for each in comments], chapter_id
        self._arrange()

    def _newest(self, comment: Comment) -> Comment:
        """Returns the text that was read, unless something typed since then is not stored."""
        card = self._cards.get(comment.id)
        if card is None or not self._is_pending(comment.id):
            return comment
        return replace(comment, content=card.text())

    @Slot(int, str)
    def _note_typed(self, comment_id: int, text: str) -> None:
        self._all = [
            replace(each, content=text) if each.id == comment_id else each for each in self._all
        ]
        self.typed.emit(comment_id, text)

    def show_removed(self, can_undo: bool) -> None:
        """Offers to restore the last deleted comment, if any."""
        if not can_undo and self._undo.hasFocus():
            self.setFocus()
        self._notice.setVisible(can_undo)

    def point_at(self, comment_id: int, *, edit: bool = False) -> None:
        """Brings a comment into view; with ``edit`` it gets the focus."""
        comment = next((each for each in self._all if each.id == comment_id), None)
        if comment is not None and comment.is_resolved:
            self._with_resolved.setChecked(True)
        if (card := self._cards.get(comment_id)) is None:
            return
        self._scroll.ensureWidgetVisible(card)
        if edit:
            card.edit()

    def cards(self) -> list[CommentCard]:
        """The visible comments, from top to bottom."""
        return sorted(self._cards.values(), key=self._list.indexOf)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(8)
        column.addLayout(self._list)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._scroll)
        head, foot = QHBoxLayout(), QHBoxLayout(self._notice)
        head.addWidget(self._scope)
        head.addStretch(1)
        head.addWidget(self._with_resolved)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._gone, 1)
        foot.addWidget(self._undo)
        self._notice.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._notice)
        self.setFocusProxy(self._scope)

    def _wanted(self) -> list[Comment]:
        of_book, resolved = self._scope.currentIndex() == 1, self._with_resolved.isChecked()
        return [
            each
            for each in self._all
            if (of_book or each.chapter_id == self._chapter) and (resolved or not each.is_resolved)
        ]

    @Slot()
    def _arrange(self) -> None:
        wanted = self._wanted()
        left_at: int | None = None
        for gone in self._cards.keys() - {each.id for each in wanted}:
            card = self._cards.pop(gone)
            if _has_keyboard(card):
                left_at = self._list.indexOf(card)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        shown_chapter = 0
        for row, comment in enumerate(wanted):
            card = self._cards.get(comment.id) or self._make_card(comment)
            is_other = self._scope.currentIndex() == 1 and comment.chapter_id != shown_chapter
            shown_chapter = comment.chapter_id
            chapter = self._name_of(comment.chapter_id) if is_other else ""
            card.show_comment(comment, chapter)
            if self._list.indexOf(card) != row:
                self._list.insertWidget(row, card)
        self._pages.setCurrentIndex(1 if wanted else 0)
        if left_at is not None:
            self._go_on_at(left_at)

    def _go_on_at(self, row: int) -> None:
        """Moves the focus to the comment after a removed one, or to the panel itself."""
        cards = self.cards()
        (cards[min(row, len(cards) - 1)] if cards else self).setFocus()

    def _make_card(self, comment: Comment) -> CommentCard:
        card = self._cards[comment.id] = CommentCard(comment)
        card.clicked.connect(lambda: self.passage_requested.emit(card.comment))
        card.typed.connect(self._note_typed)
        card.resolved.connect(self.resolved)
        card.removed.connect(self.removed)
        return card

    def _retranslate(self) -> None:
        self._scope.setItemText(0, self.tr("This chapter"))
        self._scope.setItemText(1, self.tr("The book"))
        self._scope.setAccessibleName(self.tr("Comments of"))
        self._with_resolved.setText(self.tr("Resolved too"))
        self._gone.setText(self.tr("The comment is deleted."))
        self._undo.setText(self.tr("Undo"))
        self._empty.set_text(
            self.tr("Select words in the text, and note here what you think of them.")
        )
        self._empty.set_button(self.tr("Comment on the Selection"))


def _has_keyboard(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
