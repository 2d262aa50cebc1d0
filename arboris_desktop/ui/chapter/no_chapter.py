"""The page while no chapter is shown: the next chapter to write, or ways to a first one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from arboris_desktop.domain.novel import ChapterOverview, next_to_write
from arboris_desktop.text.prose import at_most
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.mnemonics import literal
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.wording import overview_name

_LONGEST = 40
"""Characters; a longer title would make the button wider than a narrow page."""
_ICON = 16


class NoChapterPage(Translated, EmptyState):
    """Leads on: a novel has chapters of which none is open, or none at all."""

    chapter_opened = Signal(int)
    first_chapter_requested = Signal()
    idea_requested = Signal()
    outline_requested = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("book", parent)
        self._next: ChapterOverview | None = None
        self.pressed.connect(self._go_on)
        self._idea, self._plan, self._import = QPushButton(), QPushButton(), QPushButton()
        self._idea.clicked.connect(self.idea_requested)
        self._plan.clicked.connect(self.outline_requested)
        self._import.clicked.connect(self.import_requested)
        self._ways = QWidget()
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        icons = ("foreshadowing", "volume", "import")
        for way, name in zip((self._idea, self._plan, self._import), icons, strict=True):
            way.setIcon(icon(name))
            way.setIconSize(QSize(_ICON, _ICON))
            row.addWidget(way)
        self.set_button("", is_next_step=True)
        self.add_below(self._ways)
        self._retranslate()

    def show_chapters(self, chapters: Sequence[ChapterOverview]) -> None:
        """Offers the next of these chapters, or ways to a first one."""
        self._next = next_to_write(chapters)
        self._retranslate()

    def _retranslate(self) -> None:
        self._idea.setText(self.tr("Begin with an &idea"))
        self._plan.setText(self.tr("&Plan chapters"))
        self._import.setText(self.tr("I&mport…"))
        self._ways.setVisible(self._next is None)
        if self._next is None:
            self.set_text(
                self.tr(
                    "This novel has no chapter yet. Write the first one, or come to it step by"
                    " step: from an idea, from a plan, or from a text that you have."
                )
            )
            self.set_button(self.tr("&Write the first chapter"), is_next_step=True)
            return
        name = overview_name(self._next)
        self.set_text(self.tr("No chapter is open. Choose one in the list, or go on here:"))
        text = self.tr("&Open {chapter}").format(chapter=literal(at_most(_LONGEST, name)))
        self.set_button(text, is_next_step=True, hint=plain_tooltip(name))

    @Slot()
    def _go_on(self) -> None:
        if self._next is None:
            self.first_chapter_requested.emit()
        else:
            self.chapter_opened.emit(self._next.id)
