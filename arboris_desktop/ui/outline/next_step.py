"""The way on from the outline: to the next chapter to write."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.domain.outline import ChapterPlan, Outline
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.mnemonics import literal
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.wording import chapter_name, chapter_place


class NextStep(Translated, QPushButton):
    """Hidden if no chapter waits to be written, and while a model plans."""

    chapter_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapter: ChapterPlan | None = None
        self._busy = False
        # Drawn as the primary action.
        self.setDefault(True)
        self.clicked.connect(self._go_on)
        self._retranslate()

    def show_outline(self, outline: Outline) -> None:
        """Leads to the next chapter of this outline."""
        self._chapter = outline.next_to_write
        self._retranslate()

    def set_busy(self, busy: bool) -> None:
        """Hides the way on while a model plans."""
        self._busy = busy
        self._retranslate()

    def _retranslate(self) -> None:
        self.setVisible(self._chapter is not None and not self._busy)
        if self._chapter is None:
            self.setText("")
            self.setToolTip("")
            return
        chapter = self._chapter
        place = chapter_place(chapter.number, chapter.label)
        self.setText(self.tr("Go on to {chapter}").format(chapter=literal(place)))
        name = chapter_name(chapter.number, chapter.title.strip(), chapter.label)
        self.setToolTip(plain_tooltip(name))

    @Slot()
    def _go_on(self) -> None:
        if self._chapter is not None:
            self.chapter_wanted.emit(self._chapter.id)
