"""Between the header and the text: an unfinished draft, or why the writing failed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.errors import CURES, ErrorKind
from arboris_desktop.domain.novel import ChapterDraft, Language
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.cure_button import CureButton
from arboris_desktop.ui.widgets.icons import icon, tinted_pixmap
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone, tone_colours
from arboris_desktop.ui.widgets.wrapping_row import WrappingRow
from arboris_desktop.ui.wording import error_sentence, when, words

_ICON_SIZE = 20
_RAW_HEIGHT = 160


class DraftBanner(Translated, ToneFrame):
    """Explains what happened to the writing of a chapter, and offers what can be done."""

    keep_requested = Signal()
    continue_requested = Signal()
    discard_requested = Signal()
    retry_requested = Signal()
    cure_requested = Signal(object)
    """The ``Cure`` for what made the writing fail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        self._icon_name = "info"
        self._say_again: Callable[[], None] | None = None
        self._build()
        self._retranslate()
        self.hide()

    def show_draft(self, draft: ChapterDraft, language: Language) -> None:
        """Offers to keep, continue or discard a draft, and says why it ended."""
        self._say_again = partial(self.show_draft, draft, language)
        length = words(count_words(draft.content, language), language)
        text = self.tr("An unfinished draft of this chapter was found ({length}, {time}).")
        said = text.format(length=length, time=when(draft.updated_at))
        if draft.error_kind is not None:
            said = in_a_row(said, error_sentence(draft.error_kind).what_happened)
        self._what.setText(said)
        advice = self.tr(
            "It is shown below. Keep it as the chapter, let the model continue from here, or "
            "discard it."
        )
        self._show(
            Tone.WARNING,
            "info",
            advice=advice,
            detail=draft.error_message,
            raw=draft.raw_answer,
            has_draft=True,
            retry=False,
        )

    def show_failure(self, kind: ErrorKind, detail: str, *, has_draft: bool, raw: str = "") -> None:
        """Shows what happened, what is safe and what to do, with collapsible details, and with what
        the model sent, if that is more than the draft."""
        self._say_again = partial(self.show_failure, kind, detail, has_draft=has_draft, raw=raw)
        sentence = error_sentence(kind)
        self._what.setText(sentence.what_happened)
        safe = sentence.what_is_safe
        if has_draft:
            safe = self.tr("Everything that was written until then is kept below as a draft.")
        advice = in_a_row(safe, sentence.what_to_do)
        self._show(
            Tone.BAD,
            "warning",
            advice=advice,
            detail=detail,
            raw=raw,
            has_draft=has_draft,
            retry=True,
        )
        self._cure.show_cure(CURES.get(kind))

    def text(self) -> str:
        """The text of the banner, without the details."""
        return in_a_row(self._what.text(), self._advice.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_picture()

    def _build(self) -> None:
        self._picture = QLabel()
        self._what = selectable_label()
        font = self._what.font()
        font.setBold(True)
        self._what.setFont(font)
        self._advice = selectable_label()
        self._detail = selectable_label()
        self._sent = selectable_label()
        self._raw = QPlainTextEdit()
        self._raw.setReadOnly(True)
        self._raw.setMaximumHeight(_RAW_HEIGHT)
        self._build_buttons()
        texts = QVBoxLayout()
        texts.setSpacing(4)
        for widget in (self._what, self._advice, self._detail, self._sent, self._raw):
            texts.addWidget(widget)
        texts.addSpacing(4)
        texts.addLayout(self._buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(12)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    def _build_buttons(self) -> None:
        self._retry = self._button("retry", self.retry_requested)
        self._continue = self._button("write", self.continue_requested)
        self._keep = self._button("check", self.keep_requested)
        self._discard = self._button("trash", self.discard_requested)
        self._cure = CureButton()
        self._cure.cure_requested.connect(self.cure_requested)
        self._unfold = QPushButton()
        self._unfold.setCheckable(True)
        self._unfold.toggled.connect(self._show_details)
        self._buttons = WrappingRow(spacing=8)
        for button in (
            self._retry,
            self._cure,
            self._continue,
            self._keep,
            self._discard,
            self._unfold,
        ):
            self._buttons.addWidget(button)

    @Slot(bool)
    def _show_details(self, shown: bool) -> None:
        self._detail.setVisible(shown and bool(self._detail.text()))
        for widget in (self._sent, self._raw):
            widget.setVisible(shown and bool(self._raw.toPlainText()))

    def _button(self, icon_name: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(icon(icon_name), "")
        button.clicked.connect(signal)
        return button

    def _retranslate(self) -> None:
        self._retry.setText(self.tr("Retry"))
        self._retry.setToolTip(self.tr("Ask the model again for the whole chapter"))
        self._continue.setText(self.tr("Continue from here"))
        self._continue.setToolTip(
            self.tr("Let the model continue after the last words of the draft")
        )
        self._keep.setText(self.tr("Keep as the chapter"))
        self._keep.setToolTip(self.tr("Make the draft, as it is, the text of the chapter"))
        self._discard.setText(self.tr("Discard"))
        self._discard.setToolTip(self.tr("Delete the draft"))
        self._unfold.setText(self.tr("Details"))
        self._unfold.setToolTip(self.tr("Show what the program or the provider reported"))
        self._sent.setText(self.tr("What the model sent:"))
        self._raw.setAccessibleName(self.tr("What the model sent:"))
        if self._say_again is not None:
            self._say_again()

    def _show(
        self,
        tone: Tone,
        icon_name: str,
        *,
        advice: str,
        detail: str,
        raw: str,
        has_draft: bool,
        retry: bool,
    ) -> None:
        self._icon_name = icon_name
        self.set_tone(tone)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._detail.setText(detail)
        self._raw.setPlainText(raw)
        self._unfold.setVisible(bool(detail or raw))
        self._unfold.setChecked(False)
        self._show_details(False)
        self._retry.setVisible(retry and not has_draft)
        self._cure.show_cure(None)
        for button in (self._continue, self._keep, self._discard):
            button.setVisible(has_draft)
        self._show_picture()
        self.setAccessibleName(self.text())
        self.show()

    def _show_picture(self) -> None:
        colour = tone_colours(self.palette(), self.tone()).text
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(tinted_pixmap(self._icon_name, colour, _ICON_SIZE, ratio))
