"""Reviews of chapters: in six dimensions, by a reader, against the rules, and as it feels."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.reviews import (
    ChapterReview,
    Reader,
    ReviewFindings,
    ReviewKind,
    ReviewTarget,
    together,
)
from arboris_desktop.domain.spent import all_spent
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.text.pacing import Pacing, measure_pacing
from arboris_desktop.writing.asking import CallAnswer, ModelCalls, PromptPreview, TellEvent
from arboris_desktop.writing.reviews.request import PROMPTS, ReviewRequest

if TYPE_CHECKING:
    from arboris_desktop.writing.reviews.forms import (
        ConstitutionForm,
        EmotionForm,
        ReaderForm,
        ReviewForm,
    )

    Form = ReviewForm | ReaderForm | ConstitutionForm | EmotionForm


@dataclass(frozen=True, slots=True)
class ChapterCurve:
    """What is known of the feeling and pace of one chapter of the book."""

    number: int
    title: str
    chapter_id: int
    pacing: Pacing
    emotion: ChapterReview | None


class Reviews:
    """Asks for reviews and keeps them; the newest of each kind counts."""

    def __init__(self, database: Database, calls: ModelCalls) -> None:
        self._database = database
        self._calls = calls

    async def review(
        self,
        chapter_id: int,
        kind: ReviewKind,
        on_event: TellEvent = lambda _event: None,
        *,
        reader: Reader = Reader.FAN,
    ) -> CallAnswer[ReviewFindings]:
        """Reviews the chapter as it is now and stores the result.

        A long chapter is read in parts. Raises ``ProviderError``, ``StorageError``,
        ``NotFoundError``, and ``RuleError`` when there is no text or no rule to check.
        """
        request = await asyncio.to_thread(self._prepare, chapter_id, kind, reader)
        answers: list[CallAnswer[Form]] = []
        while not request.is_done:
            answers.append(await self._ask(request, on_event))
            request.index += 1
        found = together(
            (len(part.text), answer.value.findings(part))
            for part, answer in zip(request.read_parts(), answers, strict=True)
        )
        done = _sum_up(found, answers)
        await patiently(lambda: self._store(request, found, done.provider))
        return done

    async def preview(
        self, chapter_id: int, kind: ReviewKind, reader: Reader = Reader.FAN
    ) -> PromptPreview:
        """Exactly what would be sent; of a long chapter, the first part."""
        request = await asyncio.to_thread(self._prepare, chapter_id, kind, reader)
        return await self._calls.preview(_purpose(request), request)

    def of_chapter(self, chapter_id: int) -> list[ChapterReview]:
        """The newest review of each kind and reader."""
        with self._database.read() as transaction:
            return transaction.reviews.of_chapter(chapter_id)

    async def check_new_chapters(self, project_id: str) -> None:
        """Checks what a model wrote under the present rules and nobody has checked yet.

        Older chapters are left to the author to ask about: a new rule must not cost as much as
        the whole book. Raises ``ProviderError`` and ``StorageError``; what was checked stays.
        """
        for chapter_id in await asyncio.to_thread(self._unchecked, project_id):
            await self.review(chapter_id, ReviewKind.CONSTITUTION)

    def broken_rules(self, project_id: str) -> list[int]:
        """The numbers of the chapters that break a rule, as they are now."""
        with self._database.read() as transaction:
            checks = transaction.reviews.of_project(project_id, ReviewKind.CONSTITUTION)
        return [n for n, check in checks.items() if check.findings.notes and not check.is_stale]

    def due(self, project_id: str, kind: ReviewKind) -> list[int]:
        """The written chapters whose present text was not reviewed in that way.

        For the constitution: none while there are no rules; all of them after a rule changed.
        """
        if kind is ReviewKind.CONSTITUTION:
            return self._unchecked(project_id, also_older=True)
        with self._database.read() as transaction:
            return transaction.reviews.due(project_id, kind)

    def _unchecked(self, project_id: str, *, also_older: bool = False) -> list[int]:
        with self._database.read() as transaction:
            rules = transaction.guides.get(project_id).constitution
            if not rules:
                return []
            rules_hash = ReviewTarget(0, 0, 0, "", rules).rules_hash
            return transaction.reviews.due(
                project_id,
                ReviewKind.CONSTITUTION,
                rules_hash,
                written_under_rules=not also_older,
            )

    def curves(self, project_id: str) -> list[ChapterCurve]:
        """Feeling and pace of the written chapters, in reading order."""
        with self._database.read() as transaction:
            language = transaction.projects.get(project_id).language
            emotions = transaction.reviews.of_project(project_id, ReviewKind.EMOTION)
            curves = []
            for chapter in transaction.chapters.of_project(project_id):
                version = transaction.chapters.selected_version(chapter.id)
                if version is not None:
                    pacing = measure_pacing(version.content, language)
                    emotion = emotions.get(chapter.number)
                    curves.append(
                        ChapterCurve(chapter.number, chapter.title, chapter.id, pacing, emotion)
                    )
            return curves

    async def _ask(self, request: ReviewRequest, on_event: TellEvent) -> CallAnswer[Form]:
        # pydantic is imported only when it is needed: it would delay the window.
        from arboris_desktop.writing.reviews import forms

        wanted: dict[ReviewKind, type[Form]] = {
            ReviewKind.REVIEW: forms.ReviewForm,
            ReviewKind.READER: forms.ReaderForm,
            ReviewKind.CONSTITUTION: forms.ConstitutionForm,
            ReviewKind.EMOTION: forms.EmotionForm,
        }
        form = wanted[request.kind]
        return await self._calls.answer(_purpose(request), request, form, on_event=on_event)

    def _prepare(self, chapter_id: int, kind: ReviewKind, reader: Reader) -> ReviewRequest:
        with self._database.read() as transaction:
            chapter = transaction.chapters.overview(chapter_id)
            rules = transaction.guides.get(chapter.project_id).constitution
            target = transaction.reviews.target(chapter_id, rules)
            project = transaction.projects.get(chapter.project_id)
            chapters = transaction.chapters.of_project(chapter.project_id)
        if target is None or not target.text.strip():
            raise RuleError(ErrorKind.CHAPTER_EMPTY, "the chapter has no text yet")
        if kind is ReviewKind.CONSTITUTION and not rules:
            raise RuleError(ErrorKind.RULES_MISSING, "the novel has no rules to check")
        before = [other for other in chapters if other.number < chapter.number]
        return ReviewRequest(target, kind, project, chapter, before, reader)

    def _store(self, request: ReviewRequest, found: ReviewFindings, provider: str) -> None:
        reader = request.reader if request.kind is ReviewKind.READER else None
        with self._database.write() as transaction:
            transaction.reviews.add(
                request.target, request.kind, found, provider=provider, reader=reader
            )


def _purpose(request: ReviewRequest) -> CallPurpose:
    prompt = PROMPTS[request.kind]
    return CallPurpose(ModelTask.EVALUATION, prompt, request.project.id, request.chapter.id)


def _sum_up(found: ReviewFindings, answers: list[CallAnswer[Form]]) -> CallAnswer[ReviewFindings]:
    spent = all_spent(answer.spent for answer in answers)
    return CallAnswer(found, answers[-1].provider, spent)
