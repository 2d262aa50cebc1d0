"""Many chapters analysed together, told of once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arboris_desktop.domain.batches import BatchStatus
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.notifications import Notification, NotificationType
from arboris_desktop.domain.settings import PriceSettings
from arboris_desktop.domain.spending import MoneyLimit, SpendSettings
from arboris_desktop.domain.spent import all_spent
from arboris_desktop.domain.tasks import GenerationConfig, TaskStatus
from arboris_desktop.tasks.batches import BATCH_PRIORITY, BatchChoice, Batches
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import ScriptedProvider, error
from tests.unit.conftest import TEXT, Desk


@pytest.fixture
def batches(desk: Desk) -> Batches:
    return Batches(desk.database)


@pytest.fixture
def book(desk: Desk, novel: NovelContents) -> BatchChoice:
    """Three chapters with text, none of them queued, as after an import."""
    for chapter in novel.chapters:
        _, task_id = store_chapter(desk.database, chapter.id, TEXT, provider="import")
        desk.queue.cancel(task_id)
    return BatchChoice(novel.project.id)


def told(desk: Desk) -> list[Notification]:
    with desk.database.read() as transaction:
        return transaction.notifications.list()


def test_a_whole_book_is_analysed_and_told_of_once(
    desk: Desk, batches: Batches, book: BatchChoice
) -> None:
    batch_id = batches.start(book)
    for _ in range(2):
        assert desk.work().kind is OutcomeKind.COMPLETED
    halfway = batches.get(batch_id)
    assert (halfway.status, halfway.total, halfway.ended) == (BatchStatus.RUNNING, 3, 2)
    assert told(desk) == []

    desk.work()

    ended = batches.get(batch_id)
    assert (ended.status, ended.completed) == (BatchStatus.COMPLETED, 3)
    (notification,) = told(desk)
    assert notification.type is NotificationType.COMPLETED
    assert notification.data == {
        "batch_id": batch_id,
        "completed": 3,
        "failed": 0,
        "cancelled": 0,
    }


def test_failures_are_counted_not_told_one_by_one(
    desk: Desk, batches: Batches, book: BatchChoice, scripted_provider: ScriptedProvider
) -> None:
    batch_id = batches.start(book)
    scripted_provider.behaviours.append(error(401, "no"))
    for _ in range(3):
        desk.work()

    (notification,) = told(desk)
    assert (notification.data["completed"], notification.data["failed"]) == (2, 1)
    assert batches.get(batch_id).status is BatchStatus.COMPLETED


def test_a_retry_after_the_end_is_told_by_itself(
    desk: Desk, batches: Batches, book: BatchChoice, scripted_provider: ScriptedProvider
) -> None:
    batches.start(book)
    scripted_provider.behaviours.append(error(401, "no"))
    outcomes = [desk.work() for _ in range(3)]
    (failed,) = (o.task_id for o in outcomes if o.kind is OutcomeKind.FAILED)

    desk.queue.retry(failed)
    desk.work()

    newest, _batch = told(desk)
    assert newest.task_id == failed
    assert "characters" in newest.data


def test_chapters_analysed_already_are_left_out_unless_wanted(
    desk: Desk, batches: Batches, book: BatchChoice
) -> None:
    batches.start(book)
    for _ in range(3):
        desk.work()

    with pytest.raises(RuleError, match="no chapter is left"):
        batches.start(book)
    again = BatchChoice(book.project_id, numbers={1, 3}, again=True)
    assert batches.estimate(again).chapters == 2


def test_a_paused_batch_waits_while_other_tasks_run(
    desk: Desk, batches: Batches, book: BatchChoice, novel: NovelContents
) -> None:
    batch_id = batches.start(BatchChoice(book.project_id, numbers={1, 2}))
    batches.pause(batch_id)
    other = desk.queue.add_chapter(novel.chapters[2].id)

    assert desk.work().task_id == other
    assert desk.queue.claim_next() is None
    assert desk.queue.next_due_at() is None

    batches.resume(batch_id)
    assert desk.work().kind is OutcomeKind.COMPLETED


def test_a_rewritten_chapter_goes_first_and_takes_its_place(
    desk: Desk, batches: Batches, book: BatchChoice, novel: NovelContents
) -> None:
    batch_id = batches.start(book)
    chapter = novel.chapters[2]
    _, second = store_chapter(desk.database, chapter.id, TEXT + " So be it.", provider="p")

    first = desk.claim()

    assert (first.id, first.batch_id) == (second, batch_id)
    assert first.priority > BATCH_PRIORITY
    desk.work(first)
    batch = batches.get(batch_id)
    assert (batch.completed, batch.cancelled, batch.unfinished) == (1, 0, 2)


def test_cancelling_keeps_what_is_done(desk: Desk, batches: Batches, book: BatchChoice) -> None:
    batch_id = batches.start(book)
    done = desk.work().task_id

    batches.cancel(batch_id)

    batch = batches.get(batch_id)
    assert (batch.status, batch.completed, batch.cancelled) == (BatchStatus.CANCELLED, 1, 2)
    assert desk.queue.task(done).status is TaskStatus.COMPLETED
    assert desk.queue.claim_next() is None
    assert told(desk) == []
    with pytest.raises(RuleError, match="cancelled"):
        batches.resume(batch_id)


def test_cancelling_the_last_chapter_ends_the_batch(
    desk: Desk, batches: Batches, book: BatchChoice
) -> None:
    batch_id = batches.start(BatchChoice(book.project_id, numbers={1, 2}))
    desk.work()
    (waiting,) = (t for t in desk.queue.recent() if t.status is TaskStatus.PENDING)

    desk.queue.cancel(waiting.id)

    assert batches.get(batch_id).status is BatchStatus.COMPLETED
    assert told(desk)[0].data["cancelled"] == 1


def test_one_batch_of_a_novel_at_a_time(batches: Batches, book: BatchChoice) -> None:
    batches.start(BatchChoice(book.project_id, numbers={1}))
    with pytest.raises(RuleError, match="under way"):
        batches.start(BatchChoice(book.project_id, numbers={2}))


def test_the_estimate_counts_steps_prices_and_experience(
    desk: Desk, batches: Batches, book: BatchChoice
) -> None:
    without = batches.estimate(book)
    assert (without.chapters, without.spent.money, without.seconds) == (3, {}, None)
    assert without.spent.unpriced
    Preferences(desk.database).set(PriceSettings(2.0, 8.0, "CNY"))
    desk.queue.retry(desk.queue.recent()[0].id)
    desk.work()

    left = batches.estimate(book)

    assert (left.chapters, left.spent.unpriced) == (2, 0)
    assert left.spent.usage.prompt_tokens * 3 == without.spent.usage.prompt_tokens * 2
    usage = left.spent.usage
    expected = (usage.prompt_tokens * 2.0 + usage.completion_tokens * 8.0) / 1_000_000
    assert left.spent.money == {"CNY": pytest.approx(expected)}
    assert left.seconds is not None
    assert left.seconds > 0


@pytest.mark.parametrize(
    ("stated", "told", "steps_paid"),
    [(0, 0, 5), (8192, 0, 5), (65_536, 0, 1), (0, 131_072, 1), (65_536, 16_384, 5)],
)
def test_one_question_is_reckoned_with_only_where_the_model_has_the_room(
    desk: Desk, batches: Batches, book: BatchChoice, stated: int, told: int, steps_paid: int
) -> None:
    with desk.database.write() as transaction:
        roster = transaction.profiles.roster()
        place = replace(roster.first.connection, context_tokens=stated)
        first = replace(roster.first, connection=place)
        transaction.profiles.store(replace(roster, profiles=(first,)))
        if told:
            traits = {"dialect": {"context_tokens": told}}
            transaction.traits.put(first.id, place.base_url, place.model, traits)
    apart = batches.estimate(book)
    Preferences(desk.database).set(GenerationConfig(min_chapter_length=50, in_one_question=True))
    together = batches.estimate(book)

    if steps_paid == 1:
        assert together.spent.usage.prompt_tokens * 2 < apart.spent.usage.prompt_tokens
    else:
        assert together == apart


def test_short_chapters_cost_only_a_summary(
    desk: Desk, batches: Batches, book: BatchChoice
) -> None:
    whole = batches.estimate(book)
    Preferences(desk.database).set(GenerationConfig(min_chapter_length=100_000))
    assert batches.estimate(book).spent.usage.prompt_tokens * 5 == whole.spent.usage.prompt_tokens


def test_the_cost_of_a_task_is_kept_and_an_alarming_one_told(
    desk: Desk, task_id: int, scripted_provider: ScriptedProvider
) -> None:
    Preferences(desk.database).set(PriceSettings(1000.0, 1000.0, "EUR"))
    Preferences(desk.database).set(SpendSettings(money=(MoneyLimit("EUR", alert=0.001),)))

    desk.work()

    task = desk.queue.task(task_id)
    assert task.spent.money == {"EUR": pytest.approx(task.spent.tokens / 1000)}
    (notification,) = told(desk)
    assert notification.data["alarming_cost"] == task.spent.money
    with desk.database.read() as transaction:
        steps = transaction.history.steps(task_id).values()
    assert {step.model for step in steps} == {"scripted"}
    assert all_spent(step.spent for step in steps) == task.spent


def test_an_edit_during_a_batch_is_analysed_as_it_is_then(
    desk: Desk, batches: Batches, book: BatchChoice, novel: NovelContents
) -> None:
    batch_id = batches.start(BatchChoice(book.project_id, numbers={1}))
    editing = Editing(desk.database)
    editing.save(novel.chapters[0].id, TEXT + " And so on.", None)

    desk.work()

    assert batches.get(batch_id).completed == 1
    assert batches.estimate(BatchChoice(book.project_id, numbers={1})).chapters == 0
