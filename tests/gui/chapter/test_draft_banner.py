from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import CURES, Cure, ErrorKind
from arboris_desktop.domain.novel import ChapterDraft, Language
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.widgets.theme import Tone
from tests.gui.chapter.chapter_samples import make_draft


@pytest.fixture
def banner(qtbot: QtBot) -> DraftBanner:
    made = DraftBanner()
    qtbot.addWidget(made)
    made.resize(700, 120)
    return made


def draft(content: str, **fields: Any) -> ChapterDraft:
    return replace(make_draft(1, content), updated_at=utc_now(), **fields)


def buttons(banner: DraftBanner) -> dict[str, QPushButton]:
    return {b.text(): b for b in banner.findChildren(QPushButton) if not b.isHidden()}


def test_a_draft_is_described_with_what_can_be_done(banner: DraftBanner) -> None:
    banner.show_draft(draft("word " * 1240), Language.ENGLISH)
    assert "(1,240 words, just now)" in banner.text()
    assert list(buttons(banner)) == ["Continue from here", "Keep as the chapter", "Discard"]
    assert banner.tone() is Tone.WARNING
    assert banner.accessibleName() == banner.text()


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Continue from here", "continue_requested"),
        ("Keep as the chapter", "keep_requested"),
        ("Discard", "discard_requested"),
    ],
)
def test_each_decision_is_told(banner: DraftBanner, qtbot: QtBot, name: str, signal: str) -> None:
    banner.show_draft(draft("ten words"), Language.ENGLISH)
    with qtbot.waitSignal(getattr(banner, signal)):
        buttons(banner)[name].click()


def test_a_failure_without_text_can_be_retried(banner: DraftBanner, qtbot: QtBot) -> None:
    banner.show_failure(ErrorKind.CONNECTION, "ConnectError", has_draft=False)
    assert "The model could not be reached. Your chapters are safe" in banner.text()
    assert list(buttons(banner)) == ["Retry", "Settings…", "Details"]
    assert banner.tone() is Tone.BAD
    with qtbot.waitSignal(banner.retry_requested):
        buttons(banner)["Retry"].click()


def test_a_failure_with_text_can_be_continued(banner: DraftBanner) -> None:
    banner.show_failure(ErrorKind.STALLED, "", has_draft=True)
    assert "kept below as a draft" in banner.text()
    assert list(buttons(banner)) == ["Continue from here", "Keep as the chapter", "Discard"]


def test_details_are_folded_until_asked_for_and_plain(banner: DraftBanner) -> None:
    banner.show_failure(ErrorKind.SERVER_ERROR, "503 <b>busy</b>", has_draft=False)
    banner.show()
    detail = next(label for label in banner.findChildren(QLabel) if "503" in label.text())
    assert not detail.isVisible()
    buttons(banner)["Details"].click()
    assert detail.isVisible()
    assert detail.text() == "503 <b>busy</b>"
    banner.show_failure(ErrorKind.SERVER_ERROR, "504", has_draft=False)
    assert not detail.isVisible()


def test_a_draft_says_why_it_is_not_finished(banner: DraftBanner) -> None:
    found = draft("The rain.", error_kind=ErrorKind.UNKNOWN_END, error_message="wibble")
    banner.show_draft(found, Language.ENGLISH)
    assert "The answer ended in an unknown way." in banner.text()
    assert "Details" in buttons(banner)


def test_what_the_model_sent_is_there_to_look_at(banner: DraftBanner) -> None:
    """Also what was no text of the chapter: thoughts, a preface, a refusal."""
    raw = banner.findChild(QPlainTextEdit)
    assert isinstance(raw, QPlainTextEdit)
    sent = "<think>The keeper…</think>\n\nSure! Here it is:\n\nThe rain."
    banner.show()
    for is_found in (True, False):
        if is_found:
            banner.show_draft(draft("The rain.", raw_answer=sent), Language.ENGLISH)
        else:
            banner.show_failure(ErrorKind.NO_END, "", has_draft=True, raw=sent)
        assert not raw.isVisible()
        buttons(banner)["Details"].click()
        assert raw.isVisible()
        assert raw.toPlainText() == sent
        assert raw.isReadOnly()
    banner.show_failure(ErrorKind.NO_END, "340 words", has_draft=True)
    buttons(banner)["Details"].click()
    assert not raw.isVisible()


def test_a_later_notice_replaces_the_earlier(banner: DraftBanner) -> None:
    banner.show_failure(ErrorKind.CONNECTION, "x", has_draft=False)
    banner.show_draft(draft("三个字"), Language.CHINESE)
    assert "The model could not be reached" not in banner.text()
    assert "Details" not in buttons(banner)


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_every_kind_of_failure_has_its_words(banner: DraftBanner, kind: ErrorKind) -> None:
    banner.show_failure(kind, "", has_draft=False)
    assert len(banner.text()) > 40


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_what_can_be_mended_in_the_app_leads_there(
    banner: DraftBanner, qtbot: QtBot, kind: ErrorKind
) -> None:
    ways = dict.fromkeys(Cure, "Settings…") | {Cure.LIMIT: "Raise the limit…"}
    banner.show_failure(kind, "", has_draft=True)
    shown = buttons(banner)
    assert [name for name in shown if name in ways.values()] == (
        [ways[CURES[kind]]] if kind in CURES else []
    )
    if kind in CURES:
        with qtbot.waitSignal(banner.cure_requested) as asked:
            shown[ways[CURES[kind]]].click()
        assert asked.args == [CURES[kind]]
    banner.show_draft(draft("A draft of another day."), Language.ENGLISH)
    assert list(buttons(banner)) == ["Continue from here", "Keep as the chapter", "Discard"]
