"""Reviews of chapters: in six dimensions, by a reader, against the rules, and by their mood."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Any

from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.record import record
from arboris_desktop.domain.reviews import (
    ChapterReview,
    Reader,
    ReviewFindings,
    ReviewKind,
    ReviewTarget,
    together,
)
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.text.pacing import Pacing, measure_pacing
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import Bill, CallAnswer, PromptPreview, TellEvent
from arboris_desktop.writing.kept_answers import KeptAnswers
from arboris_desktop.writing.reviews.request import PROMPTS, ReviewRequest

if TYPE_CHECKING:
    from arboris_desktop.writing.reviews.forms import (
        ConstitutionForm,
        EmotionForm,
        ReaderForm,
        ReviewForm,
    )

    Form = ReviewForm | ReaderForm | ConstitutionForm | EmotionForm


@record
class ChapterCurve:
    """The curve of mood and pace in one chapter, as far as it is known."""

    number: int
    title: str
    chapter_id: int
    pacing: Pacing
    emotion: ChapterReview | None
    label: str | None = None


class Reviews:
    """Requests reviews and stores them; the newest of each kind counts."""

    def __init__(self, database: Database, calls: ModelCalls) -> None:
        self._database = database
        self._calls = calls
        self._kept = KeptAnswers(database)

    async def review(
        self,
        chapter_id: int,
        kind: ReviewKind,
        on_event: TellEvent = lambda _event: None,
        *,
        reader: Reader = Reader.FAN,
    ) -> CallAnswer[ReviewFindings]:
        """Reviews the present text of a chapter and stores the result.

        A long chapter is read in parts; after a failure the next call resumes at the part that
        failed, if the text is the same. Raises ``ProviderError``, ``StorageError``,
        ``NotFoundError``, and ``RuleError`` if there is no text or no rule to check.
        """
        request = await asyncio.to_thread(self._prepare, chapter_id, kind, reader)
        bill, forms = Bill(), await asyncio.to_thread(self._resume, request)
        while not request.is_done:
            try:
                answer = await self._ask(request, on_event)
            except ProviderError as error:
                if error.kind is not ErrorKind.CONTEXT_TOO_LONG or not forms:
                    raise
                # Cut for a model with a larger context: this one starts from the beginning.
                request.parts, request.index = [], 0
                forms.clear()
                continue
            bill.add(answer)
            forms.append(answer.value)
            request.index += 1
            if not request.is_done:
                await self._kept.keep_patiently(_key(request), _parts_content(request, forms))
        found = together(
            (len(part.text), form.findings(part))
            for part, form in zip(request.read_parts(), forms, strict=True)
        )
        await patiently(lambda: self._store(request, found, bill.provider))
        return bill.answer(found)

    def _resume(self, request: ReviewRequest) -> list[Form]:
        """Resumes an interrupted review of the same text."""
        kept = self._kept.find(_key(request))
        if kept is None or kept.content.get("of") != _hash_of(request):
            return []
        parts, forms = _parts_in(kept.content, request.kind)
        if 0 < len(forms) < len(parts):
            request.parts, request.index = parts, len(forms)
            return forms
        return []

    async def preview(
        self, chapter_id: int, kind: ReviewKind, reader: Reader = Reader.FAN
    ) -> PromptPreview:
        """Returns exactly what would be sent; of a long chapter, the first part."""
        request = await asyncio.to_thread(self._prepare, chapter_id, kind, reader)
        return await self._calls.preview(_purpose(request), request)

    def of_chapter(self, chapter_id: int) -> list[ChapterReview]:
        """Returns the newest review of each kind and reader."""
        with self._database.read() as transaction:
            return transaction.reviews.of_chapter(chapter_id)

    async def check_new_chapters(self, project_id: str) -> None:
        """Checks what a model wrote under the present rules and nobody has checked yet.

        Older chapters are left to the author: a new rule must not cost as much as the whole book.
        Raises ``ProviderError`` and ``StorageError``; finished checks stay.
        """
        for chapter_id in await asyncio.to_thread(self._unchecked, project_id):
            await self.review(chapter_id, ReviewKind.CONSTITUTION)

    def broken_rules(self, project_id: str) -> list[int]:
        """Returns the numbers of the chapters whose present text breaks a rule."""
        with self._database.read() as transaction:
            checks = transaction.reviews.of_project(project_id, ReviewKind.CONSTITUTION)
        return [n for n, check in checks.items() if check.findings.notes and not check.is_stale]

    def due(self, project_id: str, kind: ReviewKind) -> list[int]:
        """Returns the written chapters whose present text has no review of that kind.

        For the constitution: none without rules; all of them after a rule changed.
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
        """Returns mood and pace of the written chapters, in reading order."""
        with self._database.read() as transaction:
            language = transaction.projects.get(project_id).language
            emotions = transaction.reviews.of_project(project_id, ReviewKind.EMOTION)
            curves = []
            for chapter in transaction.chapters.of_project(project_id):
                version = transaction.chapters.selected_version(chapter.id)
                if version is not None:
                    pacing = measure_pacing(version.content, language)
                    emotion = emotions.get(chapter.number)
                    place = (chapter.number, chapter.title, chapter.id)
                    curves.append(ChapterCurve(*place, pacing, emotion, chapter.label))
            return curves

    async def _ask(self, request: ReviewRequest, on_event: TellEvent) -> CallAnswer[Form]:
        form = _form_of(request.kind)
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
            transaction.kept_answers.remove(_key(request))


def _purpose(request: ReviewRequest) -> CallPurpose:
    prompt = PROMPTS[request.kind]
    return CallPurpose(ModelTask.EVALUATION, prompt, request.project.id, request.chapter.id)


def _form_of(kind: ReviewKind) -> type[Form]:
    # pydantic is imported only when needed, because it would delay the window.
    from arboris_desktop.writing.reviews import forms

    wanted: dict[ReviewKind, type[Form]] = {
        ReviewKind.REVIEW: forms.ReviewForm,
        ReviewKind.READER: forms.ReaderForm,
        ReviewKind.CONSTITUTION: forms.ConstitutionForm,
        ReviewKind.EMOTION: forms.EmotionForm,
    }
    return wanted[kind]


# --- the parts of a review that are there ---


def _key(request: ReviewRequest) -> AnswerKey:
    reader = f":{request.reader.value}" if request.kind is ReviewKind.READER else ""
    subject = f"{request.kind.value}{reader}"
    return AnswerKey(request.project.id, AnswerKind.REVIEW, request.chapter.id, subject)


def _hash_of(request: ReviewRequest) -> str:
    """Identifies a text together with the rules that it is checked against."""
    read = f"{request.target.rules_hash}\n{request.target.text}"
    return hashlib.sha256(read.encode("utf-8", errors="surrogatepass")).hexdigest()


def _parts_content(request: ReviewRequest, forms: list[Form]) -> dict[str, Any]:
    return {
        "of": _hash_of(request),
        "parts": request.parts,
        "answers": [form.model_dump() for form in forms],
    }


def _parts_in(content: dict[str, Any], kind: ReviewKind) -> tuple[list[str], list[Form]]:
    """Returns the parts and the answers; none if another version stored another form."""
    from arboris_desktop.llm.forms import TypeAdapter, ValidationError

    try:
        parts = TypeAdapter(list[str]).validate_python(content.get("parts"))
        answers = TypeAdapter(list[dict[str, Any]]).validate_python(content.get("answers"))
        return parts, [_form_of(kind).model_validate(answer) for answer in answers]
    except ValidationError:
        return [], []
