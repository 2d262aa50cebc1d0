"""A chapter in the form of a platform: shown, counted, checked for watched words, and copied."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.publishing import FORMS, Platform, PublishingSettings
from arboris_desktop.exchange.publishing import for_publishing
from arboris_desktop.text.counts import published_length
from arboris_desktop.text.watched_words import WatchedWord, example_words, find_watched, read_words
from arboris_desktop.ui.publishing.words import length_words, platform_name
from arboris_desktop.ui.widgets.dialogs import TAB_MARGINS
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.text_offsets import to_utf16
from arboris_desktop.ui.widgets.theme import Tone, tone_colours

_MOST_NAMED = 12
"""Different words that are named below the text; all of them are marked in it."""
_MOST_MARKED = 2000


class PublishingDialog(QDialog):
    """Shows exactly what is copied. Open it with ``dialogs.ask``."""

    copied = Signal(str)
    """The text for the clipboard."""

    marked = Signal(bool)
    """True if the present text of the chapter is published."""

    def __init__(
        self,
        heading: str,
        text: str,
        last: PublishingSettings,
        parent: QWidget | None = None,
        *,
        published: str = "",
    ) -> None:
        super().__init__(parent)
        self._heading, self._chapter = heading, text
        self.setWindowTitle(self.tr("Copy for publishing"))
        self._build_choices(last)
        self._build_text()
        self._build_words(last)
        self._build_buttons()
        self.show_published(published)
        self._lay_out()
        # Qt would forget it for a button that is not in a dialog yet.
        self._copy.setDefault(True)
        self._connect()
        self._show()
        self.resize(720, 640)

    def settings(self) -> PublishingSettings:
        """The author's choices, for the next chapter."""
        return PublishingSettings(
            platform=self._platform.currentData(),
            with_title=self._with_title.isChecked(),
            indent=self._indent.isChecked(),
            blank_line=self._blank_line.isChecked(),
            watched=read_words(self._words.toPlainText()),
        )

    def show_published(self, published: str) -> None:
        """Shows when the chapter was published and changed; empty if it is not published."""
        self._published.setText(published or self.tr("Not marked as published"))
        self._unmark.setVisible(bool(published))

    def _build_choices(self, last: PublishingSettings) -> None:
        self._platform = QComboBox()
        for platform in Platform:
            self._platform.addItem(platform_name(platform), platform.value)
        self._platform.setCurrentIndex(max(0, self._platform.findData(last.platform)))
        self._with_title = QCheckBox(self.tr("With the &title"))
        self._indent = QCheckBox(self.tr("&Indent by two characters"))
        self._blank_line = QCheckBox(self.tr("&Blank line between paragraphs"))
        self._with_title.setChecked(last.with_title)
        self._indent.setChecked(last.indent)
        self._blank_line.setChecked(last.blank_line)

    def _build_text(self) -> None:
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("The text that is copied"))
        self._length = plain_label()
        self._found = plain_label()

    def _build_words(self, last: PublishingSettings) -> None:
        self._words = QPlainTextEdit("\n".join(last.watched))
        self._words.setAccessibleName(self.tr("Words to watch"))
        self._words.setTabChangesFocus(True)
        self._words.setPlaceholderText(self.tr("One word in each line"))
        self._example = QPushButton(self.tr("&Add the example list"))

    def _build_buttons(self) -> None:
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self._copy = self._buttons.addButton(self.tr("&Copy"), role)
        self._published = plain_label()
        self._mark_button = QPushButton(self.tr("&Mark as published"))
        self._mark_button.setToolTip(self.tr("As it is now; later changes are pointed out"))
        self._unmark = QPushButton(self.tr("Take the mark &off"))

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        label = QLabel(self.tr("&Platform"))
        label.setBuddy(self._platform)
        for widget in (label, self._platform, self._with_title, self._indent, self._blank_line):
            choices.addWidget(widget)
        choices.addStretch(1)
        self._tabs = QTabWidget()
        self._tabs.addTab(_page(self._text, self._length, self._found), self.tr("Te&xt"))
        hint = plain_label(
            self.tr("These words are marked in the text and never changed. One in each line.")
        )
        self._tabs.addTab(_page(hint, self._words, self._example), self.tr("&Words to watch"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        marks = QHBoxLayout()
        marks.addWidget(self._published, 1)
        marks.addWidget(self._mark_button)
        marks.addWidget(self._unmark)
        layout.addLayout(choices)
        layout.addWidget(self._tabs, 1)
        layout.addLayout(marks)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self._platform.currentIndexChanged.connect(self._follow_platform)
        for box in (self._with_title, self._indent, self._blank_line):
            box.toggled.connect(self._show)
        self._tabs.currentChanged.connect(self._show)
        self._example.clicked.connect(self._add_example)
        self._copy.clicked.connect(self._on_copy)
        self._mark_button.clicked.connect(lambda: self.marked.emit(True))
        self._unmark.clicked.connect(lambda: self.marked.emit(False))
        self._buttons.rejected.connect(self.reject)

    @Slot()
    def _follow_platform(self) -> None:
        form = FORMS[Platform(self._platform.currentData())]
        self._with_title.setChecked(form.with_title)
        self._indent.setChecked(form.indent)
        self._blank_line.setChecked(form.blank_line)

    @Slot()
    def _add_example(self) -> None:
        known = read_words(self._words.toPlainText())
        self._words.setPlainText("\n".join(dict.fromkeys((*known, *example_words()))))

    @Slot()
    def _on_copy(self) -> None:
        self.copied.emit(self._text_to_copy())
        # The status bar, which tells it too, lies behind the dialog.
        self._copy.setText(self.tr("Copied"))

    def _text_to_copy(self) -> str:
        return for_publishing(self._heading, self._chapter, self.settings().form())

    @Slot()
    def _show(self) -> None:
        text = self._text_to_copy()
        found = list(find_watched(text, self.settings().watched))
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
            self._copy.setText(self.tr("&Copy"))
        # Platforms have a separate field for the title, and do not count it.
        body = for_publishing("", self._chapter, self.settings().form())
        self._length.setText(length_words(published_length(body)))
        self._mark(text, found)
        self._found.setText(self._found_words(found))
        self._found.setVisible(bool(found))

    def _found_words(self, found: list[WatchedWord]) -> str:
        counted = Counter(one.word for one in found).most_common()
        named = self.tr(", ").join(f"{word} ×{count}" for word, count in counted[:_MOST_NAMED])
        more = "…" if len(counted) > _MOST_NAMED else ""
        return self.tr("To watch: {words}").format(words=named + more)

    def _mark(self, text: str, found: list[WatchedWord]) -> None:
        looks = QTextCharFormat()
        colours = tone_colours(self.palette(), Tone.WARNING)
        looks.setBackground(QColor(colours.ground))
        looks.setForeground(QColor(colours.text))
        marks, end, position = [], 0, 0
        for one in found[:_MOST_MARKED]:
            # From the last one on, so that a long text is not measured again for each.
            start = position + to_utf16(text[end : one.start], one.start - end)
            position = start + to_utf16(text[one.start : one.end], one.end - one.start)
            end = one.end
            marks.append(self._selection(start, position, looks))
        self._text.setExtraSelections(marks)

    def _selection(self, start: int, end: int, looks: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, looks
        return selection


def _page(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(TAB_MARGINS)
    for widget in widgets:
        layout.addWidget(widget)
    return page
