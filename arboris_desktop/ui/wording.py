"""Translated words for terms of the domain: states, steps, lengths and times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.novel import ChapterOverview, ChapterStatus, Language
from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.ui.error_words import ErrorWords, error_kind, error_sentence, kind_of, words_of
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.step_words import STEP_WORDS

if TYPE_CHECKING:
    from arboris_desktop.writing.novels import WrittenNow

__all__ = [
    "OWN_STATUS_ICONS",
    "ErrorWords",
    "chapter_name",
    "chapter_state",
    "duration",
    "error_kind",
    "error_sentence",
    "kind_of",
    "model_task",
    "own_status_words",
    "step",
    "task_status",
    "when",
    "words",
    "words_of",
]

_OWN_TITLE, _OWN_LABEL = "Built-in model", "builtin"
"""The names of the built-in model in stored data and descriptions."""


OWN_STATUS_ICONS = {
    OwnStatus.IDEA: "status-idea",
    OwnStatus.DRAFT: "status-draft",
    OwnStatus.REVISE: "status-revise",
    OwnStatus.CHECK: "status-check",
    OwnStatus.DONE: "status-done",
}
"""The icon for the author's own status of a chapter."""

_TASK_STATUS = {
    TaskStatus.PENDING: QT_TRANSLATE_NOOP("Wording", "Waiting"),
    TaskStatus.PROCESSING: QT_TRANSLATE_NOOP("Wording", "Running"),
    TaskStatus.COMPLETED: QT_TRANSLATE_NOOP("Wording", "Completed"),
    TaskStatus.FAILED: QT_TRANSLATE_NOOP("Wording", "Failed"),
    TaskStatus.CANCELLED: QT_TRANSLATE_NOOP("Wording", "Cancelled"),
    TaskStatus.RESTING: QT_TRANSLATE_NOOP("Wording", "At rest"),
}
_MODEL_TASK = {
    ModelTask.PLANNING: QT_TRANSLATE_NOOP("Wording", "Planning"),
    ModelTask.DRAFTING: QT_TRANSLATE_NOOP("Wording", "Chapters and passages"),
    ModelTask.EVALUATION: QT_TRANSLATE_NOOP("Wording", "Evaluation and reviews"),
    ModelTask.SUMMARIES: QT_TRANSLATE_NOOP("Wording", "Summaries"),
    ModelTask.ANALYSIS: QT_TRANSLATE_NOOP("Wording", "Analysis"),
}
_ANALYSIS = {
    TaskStatus.PENDING: (
        QT_TRANSLATE_NOOP("Wording", "Written, waiting for analysis"),
        "chapter-written",
    ),
    TaskStatus.PROCESSING: (QT_TRANSLATE_NOOP("Wording", "Analysing"), "chapter-analysing"),
    TaskStatus.COMPLETED: (QT_TRANSLATE_NOOP("Wording", "Analysed"), "chapter-analysed"),
    TaskStatus.FAILED: (QT_TRANSLATE_NOOP("Wording", "Analysis failed"), "chapter-failed"),
    TaskStatus.CANCELLED: (
        QT_TRANSLATE_NOOP("Wording", "Written, analysis cancelled"),
        "chapter-written",
    ),
    TaskStatus.RESTING: (
        QT_TRANSLATE_NOOP("Wording", "Written, analysis at rest"),
        "chapter-written",
    ),
}


def task_status(status: TaskStatus) -> str:
    """Returns the state of a task in one word."""
    return Wording.tr(_TASK_STATUS[status])


def step(analysis_step: AnalysisStep) -> str:
    """Returns the name of a step of the analysis."""
    return Wording.tr(STEP_WORDS[analysis_step].name)


def model_task(task: ModelTask) -> str:
    """Returns the name of a task for a model."""
    return Wording.tr(_MODEL_TASK[task])


def chapter_name(number: int, title: str, label: str | None = None) -> str:
    """Returns the name of a chapter in lists and messages, with or without a title.

    ``label`` is the number that its author gives it, empty for a title alone.
    """
    if label is not None and (label or title):
        return " ".join(part for part in (label, title) if part)
    if not title:
        return Wording.tr("Chapter {number}").format(number=number)
    return Wording.tr("{number}. {title}").format(number=number, title=title)


def chapter_place(number: int, own: str | None = None) -> str:
    """Returns a chapter within a sentence: its number, or the author's label."""
    return own or Wording.tr("chapter {number}").format(number=number)


def overview_name(chapter: ChapterOverview) -> str:
    """Returns the name of a chapter with the number that its author gives it."""
    return chapter_name(chapter.number, chapter.title, chapter.label)


def chapters_in_words(chapters: Iterable[ChapterOverview]) -> str:
    """Chapters by their names, in a row."""
    return Wording.tr(", ").join(overview_name(each) for each in chapters)


def written_in_words(written: Iterable[WrittenNow]) -> str:
    """Chapters by their names and their novels', in a row."""
    text = Wording.tr("{chapter} ({novel})")
    return Wording.tr(", ").join(
        text.format(chapter=overview_name(each.chapter), novel=each.novel) for each in written
    )


def chapter_state(overview: ChapterOverview, writing: bool = False) -> tuple[str, str]:
    """Returns the state of a chapter in words, and the name of the icon for it.

    ``writing`` is true while a model is writing it, in this window or elsewhere.
    """
    if writing:
        return Wording.tr("Being written"), "chapter-writing"
    if overview.has_draft:
        return Wording.tr("Unfinished draft"), "chapter-writing"
    if overview.status is ChapterStatus.PLANNED:
        if not overview.outline.strip():
            return Wording.tr("No plan yet"), "chapter-planned"
        return Wording.tr("Planned"), "chapter-planned"
    if overview.analysis is None:
        return Wording.tr("Written"), "chapter-written"
    text, icon_name = _ANALYSIS[TaskStatus(overview.analysis)]
    return Wording.tr(text), icon_name


def bracketed(name: str, note: str) -> str:
    """Returns a name followed by a note in brackets, in the style of the window's language."""
    return Wording.tr("{name} ({note})").format(name=name, note=note)


def duration(seconds: float) -> str:
    """Returns a duration like a clock, such as ``0:14`` or ``1:02:03``; never negative."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def words(count: int, language: Language) -> str:
    """Returns a length as counted in that language: ``1,240 words`` or ``3,512 字``."""
    if language is Language.CHINESE:
        text = Wording.tr("{count} 字")
    else:
        text = Wording.tr("{count} words", "", count)
    return text.format(count=f"{count:,}")


def of_target(count: int, target: int, language: Language) -> str:
    """Returns a length, and its target if there is one."""
    if not target:
        return words(count, language)
    return Wording.tr("{length} of {target}").format(
        length=words(count, language), target=f"{target:,}"
    )


def when(moment: datetime, now: datetime | None = None) -> str:
    """Returns a moment in local time, shorter the nearer it is: ``5 minutes ago``, ``today,
    14:03``."""
    now = (now or utc_now()).astimezone()
    moment = moment.astimezone()
    age = now - moment
    if timedelta(0) <= age < timedelta(hours=1):
        minutes = age // timedelta(minutes=1)
        if minutes == 0:
            return Wording.tr("just now")
        return Wording.tr("%n minutes ago", "", minutes)
    clock = f"{moment:%H:%M}"
    if moment.date() == now.date():
        return Wording.tr("today, {time}").format(time=clock)
    if moment.date() == now.date() - timedelta(days=1):
        return Wording.tr("yesterday, {time}").format(time=clock)
    day = QLocale().toString(QDate(moment.year, moment.month, moment.day), Wording.tr("d MMM yyyy"))
    return Wording.tr("{day}, {time}").format(day=day, time=clock)


def model_words(name: str) -> str:
    """Returns the name of a model, or of a provider and its model; the built-in one is
    translated."""
    own = Wording.tr("Built-in model")
    if name == _OWN_LABEL:
        return own
    if name.startswith(f"{_OWN_LABEL}/"):
        return f"{own} · {name.removeprefix(f'{_OWN_LABEL}/')}"
    return name.replace(_OWN_TITLE, own, 1) if name.startswith(_OWN_TITLE) else name


def own_status_words(status: OwnStatus) -> str:
    """Returns the author's status of a chapter as it is chosen."""
    translate = QCoreApplication.translate
    return {
        OwnStatus.NONE: translate("OwnStatus", "No status"),
        OwnStatus.IDEA: translate("OwnStatus", "Idea"),
        OwnStatus.DRAFT: translate("OwnStatus", "First draft"),
        OwnStatus.REVISE: translate("OwnStatus", "To revise"),
        OwnStatus.CHECK: translate("OwnStatus", "To check"),
        OwnStatus.DONE: translate("OwnStatus", "Finished"),
    }[status]
