"""The pages of the settings, one for each group; each shows a group and returns it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import (
    BOOK_TOKENS,
    CANDIDATES,
    MAX_CONCURRENT,
    POLL_SECONDS,
    TARGET_WORDS,
    TASK_TIMEOUT_SECONDS,
    QueueSettings,
    WritingSettings,
)
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.step_words import STEP_WORDS
from arboris_desktop.ui.widgets.form import FieldForm, Hint, explained
from arboris_desktop.ui.widgets.number_box import DecimalBox, NumberBox

_FIELD_WIDTH = 240
_SHORTEST = 100


class SettingsPage(QWidget):
    """A column of labelled fields with explanations below them."""

    _HAS_NAMES = True
    """False on a page of boxes only, which begin at its edge."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._form = FieldForm()
        layout.addLayout(self._form)
        layout.addStretch()

    def add_field(self, label: str, field: QWidget, explanation: str = "") -> None:
        """Adds a field with a label before it and an explanation below it."""
        field.setMaximumWidth(_FIELD_WIDTH)
        self._form.add_explained(label, field, _hint_of(field, explanation))

    def add_check(self, field: QCheckBox, explanation: str = "") -> None:
        """Adds a field with a label of its own."""
        both = explained(field, _hint_of(field, explanation))
        if self._HAS_NAMES:
            self._form.addRow("", both)
        else:
            self._form.addRow(both)

    def add_wide(self, field: QWidget) -> None:
        """Adds a widget over the full width, without a label."""
        self._form.addRow(field)

    def add_words(self, text: str) -> None:
        """Adds a line of explanation."""
        self._form.addRow(Hint(text))


class QueuePage(SettingsPage):
    """Settings of the background work."""

    def __init__(self, settings: QueueSettings) -> None:
        super().__init__()
        self._settings = settings
        self._concurrent = number_field(MAX_CONCURRENT, settings.max_concurrent)
        self._timeout = number_field(TASK_TIMEOUT_SECONDS, settings.task_timeout_seconds, 30)
        self._poll = number_field(POLL_SECONDS, settings.poll_seconds)
        for field in (self._timeout, self._poll):
            field.setSuffix(self.tr(" seconds"))
        self.add_field(
            self.tr("Analyses at &once"),
            self._concurrent,
            self.tr("More are faster, if the model can serve them; a local one often cannot."),
        )
        self.add_field(
            self.tr("&Time-out of an analysis"),
            self._timeout,
            self.tr(
                "When it is over, what was finished is kept and the rest is tried again. A model on"
                " this computer or in your own network has ten times as long."
            ),
        )
        self.add_field(
            self.tr("&Look for work every"),
            self._poll,
            self.tr("New chapters start at once; this is for work queued from elsewhere."),
        )

    def value(self) -> QueueSettings:
        """The present settings; pausing is not decided here."""
        return replace(
            self._settings,
            max_concurrent=self._concurrent.value(),
            task_timeout_seconds=self._timeout.value(),
            poll_seconds=self._poll.value(),
        )


class AnalysisPage(SettingsPage):
    """Settings of what is analysed in each finished chapter."""

    def __init__(self, config: GenerationConfig) -> None:
        super().__init__()
        self._config = config
        self.add_words(self.tr("After each chapter, in the background:"))
        self._switches: dict[str, QCheckBox] = {}
        for step, words in STEP_WORDS.items():
            if words.switch:
                switch = check_field(Wording.tr(words.switch), getattr(config, step.value))
                self._switches[step.value] = switch
                self.add_check(switch)
        self._together = check_field(self.tr("All in &one question"), config.in_one_question)
        self.add_check(
            self._together,
            self.tr(
                "The chapter is sent once instead of five times. Only if all of these are on "
                "and the model's context is 32,000 tokens or more; otherwise, and if the "
                "single answer cannot be read, they are asked one by one."
            ),
        )
        self._shortest = number_field((0, 1000, 20_000), config.min_chapter_length, 100)
        self._shortest.setSuffix(self.tr(" characters"))
        self.add_field(
            self.tr("&Shortest chapter"),
            self._shortest,
            self.tr("Chapters shorter than this are not analysed."),
        )
        self._confidence = DecimalBox()
        self._confidence.setRange(0, 1)
        self._confidence.setSingleStep(0.05)
        self._confidence.setValue(config.confidence_threshold)
        self.add_field(
            self.tr("&Minimum confidence"),
            self._confidence,
            self.tr(
                "Facts about which the model is less sure (0 to 1) are kept apart in the codex."
            ),
        )

    def value(self) -> GenerationConfig:
        """The configuration for future analyses."""
        return replace(
            self._config,
            min_chapter_length=self._shortest.value(),
            confidence_threshold=round(self._confidence.value(), 2),
            in_one_question=self._together.isChecked(),
            **{name: switch.isChecked() for name, switch in self._switches.items()},
        )


class WritingPage(SettingsPage):
    """Settings of how chapters are requested."""

    def __init__(self, settings: WritingSettings) -> None:
        super().__init__()
        self._settings = settings
        usual = WritingSettings()
        self._words = number_field(TARGET_WORDS, settings.target_words, 100)
        self._words.setSpecialValueText(self.tr("usual for the language"))
        self._temperature = DecimalBox()
        self._temperature.setDecimals(1)
        self._temperature.setRange(0, 2)
        self._temperature.setSingleStep(0.1)
        self._temperature.setValue(settings.temperature)
        self.add_field(
            self.tr("&Length of a chapter"),
            self._words,
            self.tr(
                "In words, or in characters for a Chinese novel; usual are {words} words, and "
                "{characters} characters. Models take it as a hint."
            ).format(
                words=f"{usual.words_in(Language.ENGLISH):,}",
                characters=f"{usual.words_in(Language.CHINESE):,}",
            ),
        )
        self._continue = check_field(
            self.tr("&Continue chapters that are too short"), settings.continue_until_target
        )
        self._candidates = number_field(CANDIDATES, settings.candidates)
        self._candidates.setSpecialValueText(self.tr("by the model"))
        self.add_check(
            self._continue,
            self.tr("Until the length is reached, three times at most. Each time is a call."),
        )
        self.add_field(
            self.tr("&Versions side by side"),
            self._candidates,
            self.tr(
                "They are written at once and you choose; with one, there is no choice. By the "
                "model means two, or one where the model answers one call at a time, as on this "
                "computer."
            ),
        )
        self._book = number_field(BOOK_TOKENS, settings.book_tokens, 500)
        self._book.setSuffix(self.tr(" tokens"))
        self.add_field(
            self.tr("Context from the &book"),
            self._book,
            self.tr(
                "The maximum that is sent about the book with a chapter: people, plans, "
                "summaries, passages. More can help with a large model; it is paid for with "
                "each chapter."
            ),
        )
        self.add_field(
            self.tr("&Temperature"),
            self._temperature,
            self.tr("Low is steady and plain, high is surprising and sometimes confused."),
        )

    def value(self) -> WritingSettings:
        """The settings for future chapters."""
        return replace(
            self._settings,
            target_words=_length(self._words.value()),
            candidates=self._candidates.value(),
            continue_until_target=self._continue.isChecked(),
            book_tokens=self._book.value(),
            temperature=round(self._temperature.value(), 1),
        )


def _hint_of(field: QWidget, explanation: str) -> Hint | None:
    if not explanation:
        return None
    field.setAccessibleDescription(explanation)
    return Hint(explanation)


def number_field(limits: tuple[int, int, int], value: int, step: int = 1) -> QSpinBox:
    """Returns a field for a number within (smallest, default, largest)."""
    field = NumberBox()
    field.setRange(limits[0], limits[2])
    field.setSingleStep(step)
    field.setValue(value)
    field.setGroupSeparatorShown(True)
    return field


def _length(entered: int) -> int:
    """A field for a target length.

    Zero means the usual one; nobody wants a chapter of a few words.
    """
    return entered and max(entered, _SHORTEST)


def check_field(text: str, value: bool) -> QCheckBox:
    """Returns a check box with a label."""
    field = QCheckBox(text)
    field.setChecked(value)
    return field
