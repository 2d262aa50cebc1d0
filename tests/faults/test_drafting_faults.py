"""A chapter that is being written when the provider fails: what came is kept and offered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.llm.wire.timeouts import Timeouts
from arboris_desktop.ui.error_words import error_sentence
from arboris_desktop.writing.chapters.drafting import DraftStored, DraftText
from tests.conftest import SECRET
from tests.faults.provider_desk import ALIVE, QUICK, UNHURRIED, ProviderDesk, provider_desk
from tests.faults.provider_faults import (
    FILTERED,
    LATE,
    NO_MODEL_THERE,
    NOTHING,
    SLOW_DOWN,
    STOPPED,
    THEIR_PROBLEM,
    UNREACHABLE,
    WRONG_FORM,
    WRONG_KEY,
)
from tests.support.scripted_provider import (
    Behaviour,
    endless,
    error,
    error_in_stream,
    html,
    keep_alive_only,
    raw_event,
    reset_after,
    reset_at_once,
    stall,
    text,
    truncated,
)

pytestmark = pytest.mark.faults

BEGINNING = "The rain had followed her home. "
ENDING = "She lit the lamp."
_STREAMED = "Some text. "
"""The text that ``raw_event`` and ``error_in_stream`` send before they fail."""


@dataclass(frozen=True, slots=True)
class DraftFault:
    """A failure while a chapter streams, and how much of the chapter is then ``kept``."""

    name: str
    answer: Behaviour
    kind: ErrorKind
    says: str
    kept: str = ""
    timeouts: Timeouts = UNHURRIED


def _cut(name: str, answer: Behaviour, kind: ErrorKind, says: str) -> DraftFault:
    return DraftFault(name, answer, kind, says, kept=BEGINNING)


def _silent(name: str, answer: Behaviour, timeouts: Timeouts) -> DraftFault:
    return DraftFault(name, answer, ErrorKind.FIRST_TOKEN_TIMEOUT, LATE, timeouts=timeouts)


FAULTS_AMID_THE_TEXT = [
    _cut("reset", reset_after(BEGINNING), ErrorKind.CONNECTION, UNREACHABLE),
    _cut("an orderly end", truncated(BEGINNING), ErrorKind.CONNECTION, UNREACHABLE),
    DraftFault(
        "silence", stall(after=BEGINNING), ErrorKind.STALLED, STOPPED, BEGINNING, timeouts=QUICK
    ),
    _cut(
        "withheld by a filter",
        text(BEGINNING, finish_reason="content_filter"),
        ErrorKind.MODERATED,
        FILTERED,
    ),
    DraftFault(
        "an error object",
        error_in_stream(f"overloaded for key {SECRET}"),
        ErrorKind.SERVER_ERROR,
        THEIR_PROBLEM,
        _STREAMED,
    ),
    DraftFault(
        "an event that is cut JSON",
        raw_event('{"choices": [{"del'),
        ErrorKind.INVALID_ANSWER,
        WRONG_FORM,
        _STREAMED,
    ),
]
FAULTS_BEFORE_THE_TEXT = [
    DraftFault("reset", reset_at_once(), ErrorKind.CONNECTION, UNREACHABLE),
    _silent("silence", stall(), QUICK),
    _silent("nothing but keep-alive", keep_alive_only(), ALIVE),
    DraftFault("401", error(401, f"wrong key {SECRET}"), ErrorKind.UNAUTHORIZED, WRONG_KEY),
    DraftFault("429", error(429, "slow down"), ErrorKind.RATE_LIMITED, SLOW_DOWN),
    DraftFault("503", error(503, "overloaded"), ErrorKind.SERVER_ERROR, THEIR_PROBLEM),
    DraftFault("a web page", html(), ErrorKind.NOT_AN_API, NO_MODEL_THERE),
    DraftFault("an empty answer", text(""), ErrorKind.EMPTY_ANSWER, NOTHING),
    DraftFault("only thinking", text("<think>Rain?</think>"), ErrorKind.EMPTY_ANSWER, NOTHING),
]


def write(desk: ProviderDesk, *, resume: bool = False) -> tuple[str, DraftStored]:
    """Writes the planned chapter; returns what was shown, and what was stored."""

    async def run() -> tuple[str, DraftStored]:
        events = [event async for event in desk.drafting.write(desk.planned_id, resume=resume)]
        stored = events[-1]
        assert isinstance(stored, DraftStored)
        return "".join(e.text for e in events if isinstance(e, DraftText)), stored

    return asyncio.run(run())


def fail_to_write(
    desk: ProviderDesk, fault: DraftFault, caplog: pytest.LogCaptureFixture, *, resume: bool = False
) -> None:
    """Writes, and checks what is said of the failure, and that no half chapter was stored."""
    desk.provider.behaviours.append(fault.answer)
    with pytest.raises(ProviderError) as caught:
        write(desk, resume=resume)
    assert caught.value.kind is fault.kind
    assert error_sentence(caught.value.kind).what_happened == fault.says
    assert SECRET not in str(caught.value)
    assert SECRET not in caplog.text
    assert SECRET.encode() not in desk.stored_bytes()
    assert len(desk.provider.requests) == 1, "writing is not repeated behind the author's back"
    with desk.database.read() as transaction:
        assert transaction.chapters.versions(desk.planned_id) == []
    assert desk.queue.counts().pending == 1, "the first chapter's task alone"


def offered(desk: ProviderDesk) -> list[str]:
    """The texts that the author is asked about."""
    drafts = desk.drafting.left_behind()
    assert all(draft.chapter_id == desk.planned_id for draft in drafts)
    return [draft.content for draft in drafts]


@pytest.mark.parametrize("fault", FAULTS_AMID_THE_TEXT, ids=lambda fault: fault.name)
def test_a_cut_chapter_is_offered_and_can_be_continued(
    fault: DraftFault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with provider_desk(tmp_path, timeouts=fault.timeouts) as desk:
        fail_to_write(desk, fault, caplog)
        assert offered(desk) == [fault.kept]

        desk.provider.behaviours.append(text(ENDING))
        shown, stored = write(desk, resume=True)

        assert fault.kept.strip() in desk.provider.requests[-1]["messages"][-1]["content"]
        assert shown == ENDING
        assert stored.version.content == fault.kept + ENDING
        assert offered(desk) == []
        assert desk.queue.task(stored.task_id).status is TaskStatus.PENDING


@pytest.mark.parametrize("fault", FAULTS_AMID_THE_TEXT, ids=lambda fault: fault.name)
def test_a_cut_chapter_can_be_kept_as_it_is(
    fault: DraftFault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with provider_desk(tmp_path, timeouts=fault.timeouts) as desk:
        fail_to_write(desk, fault, caplog)

        version = desk.drafting.keep(desk.planned_id).version

        assert version.content == fault.kept.strip()
        assert desk.queue.counts().pending == 2
        assert offered(desk) == []


@pytest.mark.parametrize("fault", FAULTS_BEFORE_THE_TEXT, ids=lambda fault: fault.name)
def test_a_chapter_that_never_began_leaves_nothing_behind(
    fault: DraftFault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with provider_desk(tmp_path, timeouts=fault.timeouts) as desk:
        fail_to_write(desk, fault, caplog)
        assert offered(desk) == []

        desk.provider.behaviours.append(text(BEGINNING + ENDING))
        assert write(desk)[1].version.content == BEGINNING + ENDING


@pytest.mark.parametrize(
    "fault", [*FAULTS_AMID_THE_TEXT, *FAULTS_BEFORE_THE_TEXT], ids=lambda fault: fault.name
)
def test_a_failed_continuation_costs_nothing_of_the_draft(
    fault: DraftFault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with provider_desk(tmp_path, timeouts=fault.timeouts) as desk:
        with desk.database.write() as transaction:
            transaction.drafts.save(desk.planned_id, "Yesterday. ", "scripted", "another run")

        fail_to_write(desk, fault, caplog, resume=True)

        assert offered(desk) == ["Yesterday. " + fault.kept]


def test_a_chapter_without_end_is_ended_and_kept(tmp_path: Path) -> None:
    with provider_desk(tmp_path) as desk:
        desk.provider.behaviours.append(endless())

        with pytest.raises(ProviderError) as caught:
            write(desk)

        assert caught.value.kind is ErrorKind.RUNAWAY
        assert desk.provider.client_left.wait(60)
        (draft,) = offered(desk)
        assert len(draft) <= 1_000_000


def test_a_chapter_that_stays_cut_at_the_token_limit_is_a_draft(tmp_path: Path) -> None:
    with provider_desk(tmp_path) as desk:
        desk.provider.behaviours.extend([text(BEGINNING, finish_reason="length")] * 2)

        with pytest.raises(ProviderError) as caught:
            write(desk)

        assert caught.value.kind is ErrorKind.ANSWER_CUT
        assert offered(desk) == [BEGINNING]
