"""Candidates for the gallery: two or three drafts of a chapter, judged, and one that failed."""

from __future__ import annotations

from collections.abc import Sequence

from arboris_desktop.domain.candidates import (
    Candidate,
    CandidateJudgement,
    CandidateRound,
    CandidateStatus,
    Criterion,
    Remark,
    RoundEvaluation,
    angle_of,
)
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.text.paragraph_merge import paragraphs
from arboris_desktop.ui.candidates.page import ShownRounds

_REMARKS = {
    Language.ENGLISH: (
        "The picture stays with the reader, and says more than the talk around it.",
        "This repeats what the first page has told already.",
        "The light comes much earlier than the plan has it.",
    ),
    Language.CHINESE: (
        "意象鲜明，比周围的对话更能说明她的处境。",
        "这里重复了第一页已经说过的话。",
        "灯光出现得比细纲里早得多。",
    ),
}
_REASON = {
    Language.ENGLISH: "It keeps to the plan and lets the reader find out with her.",
    Language.CHINESE: "情节紧扣细纲，读者跟着她一起发现真相。",
}


def three_candidates(chapter: ChapterOverview, language: Language, text: str) -> ShownRounds:
    """Two that are finished and one that failed."""
    failed = _candidate(
        3, "", CandidateStatus.FAILED, ErrorKind.UNAUTHORIZED, "HTTP 401: invalid api key"
    )
    return _state(chapter, language, (*_drafts(text), failed), None)


def judged_candidates(chapter: ChapterOverview, language: Language, text: str) -> ShownRounds:
    """Two that are finished, and what was said of them."""
    drafts = _drafts(text)
    judgements = tuple(_judgement(each, language) for each in drafts)
    reason = _REASON[language]
    judged = RoundEvaluation(chapter.id, 1, judgements, reason, "host/model", utc_now())
    return _state(chapter, language, drafts, judged)


def _state(
    chapter: ChapterOverview,
    language: Language,
    candidates: Sequence[Candidate],
    judged: RoundEvaluation | None,
) -> ShownRounds:
    shown = CandidateRound(chapter.id, 1, tuple(candidates))
    return ShownRounds(chapter, language, 2400, [shown], shown, judged)


def _drafts(text: str) -> tuple[Candidate, Candidate]:
    """Two texts of which only some paragraphs are in both, and long enough to be scrolled."""
    parts = paragraphs(text)
    half = len(parts) // 2
    first = "\n\n".join(parts * 2)
    other = "\n\n".join(parts[half:] + parts[:1] + parts[half:])
    return _candidate(1, first), _candidate(2, other)


def _candidate(
    position: int,
    text: str,
    status: CandidateStatus = CandidateStatus.STORED,
    kind: ErrorKind | None = None,
    message: str = "",
) -> Candidate:
    now = utc_now()
    spent = Spent(TokenUsage(3100, 2400), {"USD": 0.0123})
    return Candidate(
        position, 1, 1, position, status, text, "", angle_of(position), "host/model", "", "stop",
        kind, message, position, spent, now, now,
    )  # fmt: skip


def _judgement(candidate: Candidate, language: Language) -> CandidateJudgement:
    parts = paragraphs(candidate.content)
    good, weak, lost = _REMARKS[language]
    scores = dict.fromkeys(Criterion, 84 - candidate.position)
    return CandidateJudgement(
        candidate.id,
        candidate.position,
        86 - 2 * candidate.position,
        scores,
        (Remark(good, parts[0][:24], True),),
        (Remark(weak, parts[1][:24], True), Remark(lost, "……", False)),
        is_recommended=candidate.position == 1,
    )
