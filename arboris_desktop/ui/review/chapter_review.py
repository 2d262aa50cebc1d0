"""The reviews of one chapter: by a critic, by readers, against the rules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.reviews import ChapterReview, Reader, ReviewKind
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.review.note_list import NoteList
from arboris_desktop.ui.review.score_list import ScoreList
from arboris_desktop.ui.review.words import reader as reader_words
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.focus_handover import hand_focus_to
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label, selectable_label
from arboris_desktop.ui.wording import model_words, overview_name, when

_SHOWN = (
    (ReviewKind.REVIEW, None),
    (ReviewKind.CONSTITUTION, None),
    *((ReviewKind.READER, reader) for reader in Reader),
)


class ChapterReviewPanel(Translated, QWidget):
    """Selects the kind of review, shows the result, and requests it again."""

    review_requested = Signal()
    """The chapter should be reviewed in the ``chosen`` way."""

    passage_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapter: ChapterOverview | None = None
        self._reviews: Sequence[ChapterReview] = ()
        self._is_busy = False
        self._build()
        self._lay_out()
        self._retranslate()

    @property
    def chosen(self) -> tuple[ReviewKind, Reader | None]:
        """The selected kind of review."""
        return _SHOWN[max(self._kind.currentIndex(), 0)]

    @property
    def shown(self) -> ChapterOverview | None:
        """The chapter whose reviews are shown."""
        return self._chapter

    def show_chapter(self, chapter: ChapterOverview, reviews: Sequence[ChapterReview]) -> None:
        """Shows the reviews of a chapter."""
        self._chapter, self._reviews = chapter, reviews
        self._refresh()

    def show_nothing(self) -> None:
        """Shows no chapter."""
        self._chapter, self._reviews = None, ()
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        """Disables further requests while a review is running."""
        self._is_busy = busy
        if busy:
            hand_focus_to(self._kind, self)
        self._update_button()

    def _build(self) -> None:
        self._title = plain_label()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._kind = QComboBox()
        for _ in _SHOWN:
            self._kind.addItem("")
        self._kind.currentIndexChanged.connect(self._refresh)
        self._ask = QPushButton(icon("check"), "")
        self._ask.clicked.connect(self.review_requested)
        self._state = muted(selectable_label())
        self._verdict = selectable_label()
        self._scores = ScoreList()
        self._notes = NoteList()
        self._notes.passage_requested.connect(self.passage_requested)
        self._empty = EmptyState("check")
        self._empty.pressed.connect(self._ask.click)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._kind)
        head.addWidget(self._ask)
        left = QWidget()
        said = QVBoxLayout(left)
        said.setContentsMargins(0, 0, 8, 0)
        said.setSpacing(10)
        said.addWidget(self._state)
        said.addWidget(self._scores)
        said.addWidget(self._verdict)
        said.addStretch(1)
        self._found = halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(self._notes)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(halves)
        layout.addWidget(self._pages, 1)

    def _retranslate(self) -> None:
        for place, (kind, reader) in enumerate(_SHOWN):
            self._kind.setItemText(place, self._name(kind, reader))
        self._kind.setAccessibleName(self.tr("What the chapter is reviewed as"))
        self._refresh()

    def _name(self, kind: ReviewKind, reader: Reader | None) -> str:
        if reader is not None:
            return reader_words(reader)
        if kind is ReviewKind.CONSTITUTION:
            return self.tr("The rules of the novel")
        return self.tr("An editor")

    @Slot()
    def _refresh(self) -> None:
        chapter = self._chapter
        self._title.setText(overview_name(chapter) if chapter else "")
        found = next((r for r in self._reviews if (r.kind, r.reader) == self.chosen), None)
        self._state.setText(self._state_words(found))
        self._verdict.setText(found.findings.verdict if found else "")
        self._scores.show_scores(found.findings.scores if found else {})
        in_order = self.chosen[0] is ReviewKind.READER
        self._notes.show_notes(found.findings.notes if found else (), in_order=in_order)
        self._empty.set_text(self._empty_words())
        self._pages.setCurrentWidget(self._found if found else self._empty)
        self._update_button()

    def _empty_words(self) -> str:
        """Returns advice while there is nothing to read."""
        if self._chapter is None:
            return self.tr("Choose a chapter in the list at the left.")
        if not self._chapter.is_written:
            return self.tr(
                "This chapter is not written yet. Write it first, then ask for a review."
            )
        return self.tr(
            "Nothing has been asked yet. Choose at the top who is to read the chapter, then press "
            "Get feedback: each remark leads to the words that it is about, and nothing is changed."
        )

    def _state_words(self, review: ChapterReview | None) -> str:
        if review is None:
            return ""
        words = self.tr("{provider} · {time}").format(
            provider=model_words(review.provider), time=when(review.created_at)
        )
        if review.is_stale:
            words += "\n" + self.tr("The chapter has changed since: passages may have moved.")
        if review.kind is ReviewKind.CONSTITUTION and not review.findings.notes:
            words += "\n" + self.tr("No broken rule was found.")
        return words

    def _update_button(self) -> None:
        written = self._chapter is not None and self._chapter.is_written
        self._ask.setEnabled(written and not self._is_busy)
        self._ask.setText(self.tr("Get feedback"))
        offered = self._ask.text() if written else ""
        self._empty.set_button(offered, enabled=self._ask.isEnabled())
        # It is offered in one place.
        self._ask.setHidden(bool(offered) and self._pages.currentWidget() is self._empty)
        self._ask.setToolTip(
            self.tr("Let the model review the chapter in this way")
            if written
            else self.tr("Only a written chapter can be reviewed")
        )
