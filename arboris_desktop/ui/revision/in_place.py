"""A revised passage in the text: the old one struck through, the new one behind it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from arboris_desktop.domain.revision import Passage
from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.chapter.view import ChapterView
from arboris_desktop.ui.revision.bar import RevisionBar


class RevisionInPlace(QObject):
    """Previews the revision of a passage, which is not part of the text until it is accepted."""

    kept = Signal()
    another_wanted = Signal()
    dropped = Signal()

    def __init__(self, view: ChapterView) -> None:
        super().__init__(view)
        self._view, self._proposal = view, view.proposal
        self._came = ""
        self.proposal_bar = RevisionBar()
        self._proposal.add_bar(self.proposal_bar)
        self.proposal_bar.kept.connect(self.kept)
        self.proposal_bar.another_wanted.connect(self.another_wanted)
        self.proposal_bar.dropped.connect(self.dropped)

    @property
    def is_shown(self) -> bool:
        """True if this revision is shown in the text."""
        return self.proposal_bar.isVisible()

    def begin(self, passage: Passage) -> None:
        """Starts showing the revision of a passage."""
        self._came = ""
        self.proposal_bar.show_state(ready=False, busy=True)
        self.show(passage)

    def show(self, passage: Passage) -> None:
        """Strikes through the passage."""
        if not self.is_shown:
            self._view.show_leaving(Span(passage.start, passage.end))
            self._proposal.begin(passage.end, self.proposal_bar)
        self._proposal.show_exactly("")

    def append(self, text: str) -> None:
        """Appends to the new text; an empty piece discards what came before."""
        self._came = self._came + text if text else ""
        if self.is_shown:
            self._proposal.show_exactly(self._came)

    def show_words(self, text: str) -> None:
        """Shows the new text as it would be accepted."""
        if self.is_shown:
            self._proposal.show_exactly(text)

    def show_state(self, *, ready: bool, busy: bool) -> None:
        """Enables the possible answers."""
        self.proposal_bar.show_state(ready=ready, busy=busy)

    def end(self) -> None:
        """Shows the text without it."""
        if self.is_shown:
            self._proposal.end()
        self._view.show_leaving(None)
