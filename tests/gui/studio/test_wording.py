from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.codex import EntryKind, FactStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import ChapterOverview, ChapterStatus, Language
from arboris_desktop.domain.tasks import AnalysisStep, TaskStatus
from arboris_desktop.ui import wording
from arboris_desktop.ui.codex import words as codex_words
from arboris_desktop.ui.widgets.icons import icon

pytestmark = pytest.mark.usefixtures("qapp")


def chapter(
    status: ChapterStatus, analysis: TaskStatus | None = None, has_draft: bool = False
) -> ChapterOverview:
    return ChapterOverview(
        id=1,
        project_id="p",
        volume_id=None,
        number=3,
        title="The Ferry",
        outline="They cross.",
        summary="",
        status=status,
        word_count=0,
        selected_version_id=None,
        analysis=analysis,
        has_draft=has_draft,
    )


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_error_has_three_sentences(kind: ErrorKind) -> None:
    words = wording.error_sentence(kind)
    for sentence in (words.what_happened, words.what_is_safe, words.what_to_do):
        assert sentence.endswith(".")
        assert len(sentence) > 15
    assert words.as_paragraph().startswith(words.what_happened)


def test_no_two_errors_say_the_same() -> None:
    happened = [wording.error_sentence(kind).what_happened for kind in ErrorKind]
    assert len(set(happened)) == len(ErrorKind)


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ("unauthorized", ErrorKind.UNAUTHORIZED),
        ("from the future", ErrorKind.INTERNAL),
        ("", ErrorKind.INTERNAL),
        (None, ErrorKind.INTERNAL),
    ],
)
def test_the_stored_kind_is_read_back(stored: str | None, kind: ErrorKind) -> None:
    assert wording.error_kind(stored) is kind


def test_every_member_of_the_domain_has_its_own_word() -> None:
    assert len({wording.task_status(member) for member in TaskStatus}) == len(TaskStatus)
    assert len({wording.step(member) for member in AnalysisStep}) == len(AnalysisStep)
    assert len({codex_words.entry_kind(member) for member in EntryKind}) == len(EntryKind)
    assert len({codex_words.fact_status(member) for member in FactStatus}) == len(FactStatus)


@pytest.mark.parametrize(
    ("overview", "writing", "state"),
    [
        (chapter(ChapterStatus.PLANNED), False, ("Planned", "chapter-planned")),
        (chapter(ChapterStatus.PLANNED), True, ("Being written", "chapter-writing")),
        (chapter(ChapterStatus.PLANNED, None, True), True, ("Being written", "chapter-writing")),
        (
            chapter(ChapterStatus.WRITTEN, TaskStatus.COMPLETED, True),
            False,
            ("Unfinished draft", "chapter-writing"),
        ),
        (chapter(ChapterStatus.WRITTEN), False, ("Written", "chapter-written")),
        (
            chapter(ChapterStatus.WRITTEN, TaskStatus.PROCESSING),
            False,
            ("Analysing", "chapter-analysing"),
        ),
        (
            chapter(ChapterStatus.WRITTEN, TaskStatus.COMPLETED),
            False,
            ("Analysed", "chapter-analysed"),
        ),
        (
            chapter(ChapterStatus.WRITTEN, TaskStatus.FAILED),
            False,
            ("Analysis failed", "chapter-failed"),
        ),
    ],
)
def test_chapter_state(overview: ChapterOverview, writing: bool, state: tuple[str, str]) -> None:
    assert wording.chapter_state(overview, writing) == state
    assert not icon(state[1]).isNull()


@pytest.mark.parametrize("status", TaskStatus)
def test_every_state_of_the_analysis_has_an_icon(status: TaskStatus) -> None:
    text, icon_name = wording.chapter_state(chapter(ChapterStatus.WRITTEN, status))
    assert text
    assert not icon(icon_name).isNull()


def test_chapter_name() -> None:
    assert wording.chapter_name(3, "The Ferry") == "3. The Ferry"
    assert wording.chapter_name(3, "") == "Chapter 3"


def test_a_title_with_braces_is_only_text() -> None:
    assert wording.chapter_name(3, "{number} {0}") == "3. {number} {0}"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (14.9, "0:14"), (723, "12:03"), (3723, "1:02:03"), (-5, "0:00")],
)
def test_duration(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


def test_words() -> None:
    assert wording.words(1240, Language.ENGLISH) == "1,240 words"
    assert wording.words(3512, Language.CHINESE) == "3,512 字"


def test_when(qapp: QApplication) -> None:
    now = datetime(2026, 8, 3, 14, 0).astimezone()
    assert wording.when(now - timedelta(seconds=20), now) == "just now"
    assert wording.when(now - timedelta(minutes=5, seconds=3), now) == "5 minutes ago"
    assert wording.when(now - timedelta(hours=3), now) == "today, 11:00"
    assert wording.when(now - timedelta(hours=20), now) == "yesterday, 18:00"
    assert "2026" in wording.when(now - timedelta(days=40), now)


def test_a_clock_that_was_set_back_makes_no_negative_ages() -> None:
    now = datetime(2026, 8, 3, 14, 0).astimezone()
    assert wording.when(now + timedelta(minutes=10), now) == "today, 14:10"


def test_the_programs_own_model_has_the_name_that_the_window_gives_it() -> None:
    assert wording.model_words("builtin") == "Built-in model"
    assert wording.model_words("builtin/SmolLM2-135M") == "Built-in model · SmolLM2-135M"
    assert wording.model_words("Built-in model · x") == "Built-in model · x"
    assert (
        wording.model_words("deepseek-chat · api.deepseek.com")
        == "deepseek-chat · api.deepseek.com"
    )
