"""Reviews of chapters: what is asked, what is believed, and what is still to be done."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from arboris_desktop.domain.errors import ProviderError, RuleError
from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.domain.reviews import (
    ChapterReview,
    Dimension,
    Reader,
    ReviewKind,
    Severity,
)
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.chapters.guides import Guides
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.reviews.reviewing import Reviews
from tests.support.scripted_provider import (
    Behaviour,
    Rule,
    ScriptedProvider,
    error,
    json_answer,
    prompt_of,
    status,
)

TEXT = "Mara flew over the harbour.\n\n“Come down,” said the keeper. She laughed and did not."
RULES = ("Nobody can fly.", "It never snows.")
SCORES = dict.fromkeys(("plan", "consistency", "continuity", "rules", "style", "tension"), 70)


@pytest.fixture
def reviews(database: Database, source: ProviderSource) -> Reviews:
    return Reviews(database, ModelCalls(database, source, PromptLibrary()))


@pytest.fixture
def chapter_id(novel: NovelContents, database: Database) -> int:
    """The first chapter, written."""
    chapter_id = novel.chapters[0].id
    write(database, chapter_id, TEXT)
    return chapter_id


def write(database: Database, chapter_id: int, text: str) -> None:
    with database.write() as transaction:
        transaction.chapters.add_version(
            chapter_id, content=text, word_count=1, origin=VersionOrigin.AUTHOR
        )


def note(quotation: str, **more: Any) -> dict[str, Any]:
    known = {"comment": "So it is.", "dimension": "style", "severity": "hint"}
    return {"quotation": quotation, **known, **more}


def run(reviews: Reviews, chapter_id: int, kind: ReviewKind, **more: Any) -> ChapterReview:
    asyncio.run(reviews.review(chapter_id, kind, **more))
    (found,) = [review for review in reviews.of_chapter(chapter_id) if review.kind is kind]
    return found


def test_a_review_has_scores_and_notes_with_their_places(
    reviews: Reviews, chapter_id: int, scripted_provider: ScriptedProvider, database: Database
) -> None:
    answer = {
        "notes": [note("said the keeper"), note("it snowed all night", severity="problem")],
        "scores": SCORES | {"plan": 140},
        "verdict": "Good.",
    }
    scripted_provider.behaviours.append(json_answer(answer))

    findings = run(reviews, chapter_id, ReviewKind.REVIEW).findings

    supported, unsupported = findings.notes
    assert supported.start == TEXT.index("said the keeper")
    assert not unsupported.is_supported
    assert findings.scores[Dimension.PLAN] == 100, "out of range is clamped"
    assert Dimension.RULES not in findings.scores, "there are no rules to keep"
    assert findings.verdict == "Good."


def test_only_a_violation_that_is_quoted_and_names_a_rule_is_told(
    reviews: Reviews,
    chapter_id: int,
    scripted_provider: ScriptedProvider,
    database: Database,
    novel: NovelContents,
) -> None:
    Guides(database).save(novel.project.id, WritingGuide(constitution=RULES))
    violations = [
        {"quotation": "Mara flew over the harbour", "rule": 1, "comment": "She flies."},
        {"quotation": "snow fell on the pier", "rule": 2, "comment": "Invented."},
        {"quotation": "She laughed", "rule": 7, "comment": "There is no such rule."},
    ]
    scripted_provider.behaviours.append(json_answer({"violations": violations}))

    (found,) = run(reviews, chapter_id, ReviewKind.CONSTITUTION).findings.notes

    assert (found.rule, found.severity) == (1, Severity.PROBLEM)
    assert "1. Nobody can fly." in prompt_of(scripted_provider.requests[0])


def test_each_reader_is_kept_and_the_newest_counts(
    reviews: Reviews, chapter_id: int, scripted_provider: ScriptedProvider
) -> None:
    for verdict, reader in (
        ("first", Reader.FAN),
        ("second", Reader.CAREFUL),
        ("third", Reader.FAN),
    ):
        scripted_provider.behaviours.append(json_answer({"notes": [], "verdict": verdict}))
        asyncio.run(reviews.review(chapter_id, ReviewKind.READER, reader=reader))

    found = {review.reader: review.findings.verdict for review in reviews.of_chapter(chapter_id)}

    assert found == {Reader.CAREFUL: "second", Reader.FAN: "third"}
    assert "impatient" not in prompt_of(scripted_provider.requests[0])


def test_beats_lie_where_their_words_are(
    reviews: Reviews, chapter_id: int, scripted_provider: ScriptedProvider
) -> None:
    def beat(quotation: str) -> dict[str, Any]:
        return {"quotation": quotation, "label": "x", "feeling": 9, "tension": 3, "pace": 4}

    answer = {"beats": [beat("“Come down,”"), beat("not in the chapter")]}
    scripted_provider.behaviours.append(json_answer(answer))

    first, second = run(reviews, chapter_id, ReviewKind.EMOTION).findings.beats

    assert first.position == TEXT.index("“Come") / len(TEXT)
    assert first.feeling == 5, "out of range is clamped"
    assert (second.start, second.position) == (None, 0.75)


def test_a_long_chapter_is_read_in_parts(
    reviews: Reviews, chapter_id: int, scripted_provider: ScriptedProvider, database: Database
) -> None:
    long = "\n\n".join(f"Paragraph {n}. " + "The tide came in. " * 60 for n in range(60))
    write(database, chapter_id, long)
    scripted_provider.rule = lambda _request: json_answer(
        {"notes": [note("The tide came in.")], "scores": SCORES, "verdict": "V."}
    )

    findings = run(reviews, chapter_id, ReviewKind.REVIEW).findings

    assert len(scripted_provider.requests) > 1
    assert "Paragraph 59." in prompt_of(scripted_provider.requests[-1])
    assert findings.scores[Dimension.STYLE] == 70
    assert len(findings.notes) == 1, "the same remark counts once"


@pytest.fixture
def long_chapter(chapter_id: int, database: Database) -> int:
    """A chapter that is read in several parts."""
    long = "\n\n".join(f"Paragraph {n}. " + "The tide came in. " * 60 for n in range(60))
    write(database, chapter_id, long)
    return chapter_id


def fails_at(paragraph: int) -> Rule:
    """A model that cannot be reached when it is asked about the part with that paragraph."""

    def rule(request: dict[str, Any]) -> Behaviour:
        if f"Paragraph {paragraph}." in prompt_of(request):
            return status(503)
        return json_answer(
            {"notes": [note("The tide came in.")], "scores": SCORES, "verdict": "V."}
        )

    return rule


def test_a_review_that_broke_off_goes_on_with_the_part_that_failed(
    reviews: Reviews, long_chapter: int, scripted_provider: ScriptedProvider, database: Database
) -> None:
    scripted_provider.rule = fails_at(59)
    with pytest.raises(ProviderError):
        asyncio.run(reviews.review(long_chapter, ReviewKind.REVIEW))
    asked = len(scripted_provider.requests)
    assert asked > 1
    assert reviews.of_chapter(long_chapter) == []

    scripted_provider.rule = fails_at(999)
    # Another program, after a crash: nothing is known but what is stored.
    again = Reviews(database, reviews._calls)
    answer = asyncio.run(again.review(long_chapter, ReviewKind.REVIEW))

    (last,) = scripted_provider.requests[asked:]
    assert "Paragraph 59." in prompt_of(last)
    assert "Paragraph 0." not in prompt_of(last)
    assert answer.value.scores[Dimension.STYLE] == 70
    asyncio.run(again.review(long_chapter, ReviewKind.REVIEW))
    assert len(scripted_provider.requests) == 2 * asked + 1, "a finished review keeps no parts"


@pytest.mark.parametrize("change", ["text", "rules", "kind", "nonsense"])
def test_parts_of_another_review_are_not_taken(
    reviews: Reviews,
    long_chapter: int,
    scripted_provider: ScriptedProvider,
    database: Database,
    novel: NovelContents,
    change: str,
) -> None:
    scripted_provider.rule = fails_at(59)
    with pytest.raises(ProviderError):
        asyncio.run(reviews.review(long_chapter, ReviewKind.REVIEW))
    kind = ReviewKind.REVIEW
    if change == "text":
        text = reviews._prepare(long_chapter, kind, Reader.FAN).target.text
        write(database, long_chapter, text.replace("Paragraph 3.", "Paragraph three."))
    elif change == "rules":
        Guides(database).save(novel.project.id, WritingGuide(constitution=RULES))
    elif change == "kind":
        kind = ReviewKind.READER
    else:
        with database._store.writing() as connection:
            connection.exec_driver_sql(
                "UPDATE kept_answers SET content = json_set(content, '$.answers', json('[7]'))"
            )
    scripted_provider.rule = fails_at(999)
    asked = len(scripted_provider.requests)

    asyncio.run(reviews.review(long_chapter, kind))

    assert "Paragraph 0." in prompt_of(scripted_provider.requests[asked])


def test_parts_that_are_too_long_for_another_model_are_cut_again(
    reviews: Reviews, long_chapter: int, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = fails_at(59)
    with pytest.raises(ProviderError):
        asyncio.run(reviews.review(long_chapter, ReviewKind.REVIEW))
    asked = len(scripted_provider.requests)
    whole = fails_at(999)
    scripted_provider.behaviours.append(
        error(400, "maximum context length exceeded", kind="context_length_exceeded")
    )
    scripted_provider.rule = whole

    asyncio.run(reviews.review(long_chapter, ReviewKind.REVIEW))

    first, second, *_others = scripted_provider.requests[asked:]
    assert "Paragraph 59." in prompt_of(first)
    assert "Paragraph 0." in prompt_of(second)


def test_a_changed_text_makes_a_review_stale(
    reviews: Reviews, chapter_id: int, scripted_provider: ScriptedProvider, database: Database
) -> None:
    scripted_provider.behaviours.append(json_answer({"beats": []}))
    assert not run(reviews, chapter_id, ReviewKind.EMOTION).is_stale

    write(database, chapter_id, "Something else.")

    (found,) = reviews.of_chapter(chapter_id)
    assert found.is_stale


def test_due_are_the_written_chapters_that_were_not_reviewed_as_they_are(
    reviews: Reviews,
    chapter_id: int,
    scripted_provider: ScriptedProvider,
    database: Database,
    novel: NovelContents,
) -> None:
    second = novel.chapters[1].id
    write(database, second, TEXT)
    assert reviews.due(novel.project.id, ReviewKind.EMOTION) == [chapter_id, second]
    scripted_provider.behaviours.append(json_answer({"beats": []}))
    run(reviews, chapter_id, ReviewKind.EMOTION)
    assert reviews.due(novel.project.id, ReviewKind.EMOTION) == [second]

    write(database, chapter_id, TEXT + " And so on.")

    assert reviews.due(novel.project.id, ReviewKind.EMOTION) == [chapter_id, second]


def test_a_new_rule_makes_every_check_due_again(
    reviews: Reviews,
    chapter_id: int,
    scripted_provider: ScriptedProvider,
    database: Database,
    novel: NovelContents,
) -> None:
    project_id, guides = novel.project.id, Guides(database)
    assert reviews.due(project_id, ReviewKind.CONSTITUTION) == [], "without rules, nothing is due"
    guides.save(project_id, WritingGuide(constitution=RULES[:1]))
    assert reviews.due(project_id, ReviewKind.CONSTITUTION) == [chapter_id]
    scripted_provider.behaviours.append(json_answer({"violations": []}))
    run(reviews, chapter_id, ReviewKind.CONSTITUTION)
    assert reviews.due(project_id, ReviewKind.CONSTITUTION) == []

    guides.save(project_id, WritingGuide(constitution=RULES))

    assert reviews.due(project_id, ReviewKind.CONSTITUTION) == [chapter_id]


def test_without_text_or_rules_there_is_nothing_to_review(
    reviews: Reviews, chapter_id: int, novel: NovelContents
) -> None:
    with pytest.raises(RuleError, match="no text"):
        asyncio.run(reviews.review(novel.chapters[2].id, ReviewKind.REVIEW))
    with pytest.raises(RuleError, match="no rules"):
        asyncio.run(reviews.review(chapter_id, ReviewKind.CONSTITUTION))


def test_the_curve_of_the_book_has_every_written_chapter(
    reviews: Reviews, chapter_id: int, scripted_provider: ScriptedProvider, novel: NovelContents
) -> None:
    scripted_provider.behaviours.append(json_answer({"beats": []}))
    run(reviews, chapter_id, ReviewKind.EMOTION)

    (curve,) = reviews.curves(novel.project.id)

    assert (curve.number, curve.chapter_id) == (1, chapter_id)
    assert curve.emotion is not None
    assert 0 < curve.pacing.dialogue_share < 1


def test_what_a_model_wrote_under_the_rules_is_checked_by_itself_and_nothing_else(
    reviews: Reviews,
    chapter_id: int,
    scripted_provider: ScriptedProvider,
    database: Database,
    novel: NovelContents,
) -> None:
    """The first chapter is older than the rules, the third is the author's own."""
    project_id = novel.project.id
    Guides(database).save(project_id, WritingGuide(constitution=RULES))
    second, third = novel.chapters[1].id, novel.chapters[2].id
    store_chapter(database, second, TEXT, provider="nobody")
    write(database, third, TEXT)
    violation = {"quotation": "Mara flew over the harbour", "rule": 1, "comment": "She flies."}
    scripted_provider.behaviours.append(json_answer({"violations": [violation]}))

    asyncio.run(reviews.check_new_chapters(project_id))
    asyncio.run(reviews.check_new_chapters(project_id))

    assert len(scripted_provider.requests) == 1, "once, and only the second"
    assert reviews.broken_rules(project_id) == [2]
    write(database, second, "Mara walked.")
    assert reviews.broken_rules(project_id) == [], "the text that broke it is gone"
