"""From a brief to a blueprint: part by part, each stored as soon as it is there."""

from __future__ import annotations

import asyncio

from arboris_desktop.domain.blueprint import (
    Blueprint,
    BlueprintCharacter,
    BlueprintField,
    BlueprintPart,
    Value,
    texts_of,
)
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind
from arboris_desktop.domain.novel import Language, NovelProject
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.text.blueprint_lines import FIELD_NAMES, as_text, item_line
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.blueprint.changing import BlueprintChange, Proposal
from arboris_desktop.writing.blueprint.making import BlueprintMaking
from arboris_desktop.writing.blueprint.reading import Progress, unseen, values_of
from arboris_desktop.writing.call_events import CallAnswer, CallEvent, PromptPreview, TellEvent
from arboris_desktop.writing.kept_answers import KeptAnswers


def _silent(_event: CallEvent) -> None:
    """Ignores events."""


@record
class OpenBlueprint:
    """The blueprint of a novel, and the novel's title, premise and style."""

    project: NovelProject
    blueprint: Blueprint


class Blueprints:
    """The blueprints of novels. Unknown novels raise ``NotFoundError``, calls ``ProviderError``.

    The model only fills what is empty; only ``set`` replaces anything.
    """

    def __init__(self, database: Database, calls: ModelCalls) -> None:
        self._database = database
        self._calls = calls
        self._kept = KeptAnswers(database)

    def open(self, project_id: str) -> OpenBlueprint:
        """Returns the blueprint as it is stored."""
        with self._database.read() as transaction:
            return OpenBlueprint(
                transaction.projects.get(project_id), transaction.blueprints.get(project_id)
            )

    def present_text(self, project_id: str, field: BlueprintField) -> str:
        """Returns the value of a field, in the form in which it is compared with a proposal."""
        opened = self.open(project_id)
        return as_text(opened.blueprint.value(field), opened.project.language)

    def set(self, project_id: str, field: BlueprintField, value: Value) -> None:
        """Stores what the author typed or accepted.

        Raises ``RuleError`` for a value of the wrong type.
        """
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.blueprints.set(project_id, field, value)

    def adopt(self, project_id: str, *, title: bool, premise: bool) -> None:
        """Gives the novel the blueprint's title, its summary as premise, or both.

        The style is shared. Raises ``RuleError`` if the requested field is empty.
        """
        with self._database.write() as transaction:
            project = transaction.projects.get(project_id)
            blueprint = transaction.blueprints.get(project_id)
            if (title and not blueprint.title) or (premise and not blueprint.summary):
                raise RuleError(ErrorKind.WORDS_MISSING, "the blueprint has no such text yet")
            transaction.projects.change(
                project_id,
                title=blueprint.title if title else project.title,
                premise=blueprint.summary if premise else project.premise,
                style=blueprint.style,
            )
            # The blueprint keeps a title that is not adopted.
            transaction.blueprints.set(project_id, BlueprintField.TITLE, blueprint.title)

    # What the model does

    async def complete(
        self, project_id: str, tell: TellEvent = _silent, progress: Progress = unseen
    ) -> CallAnswer[Blueprint]:
        """Creates what is missing, each part once; returns the blueprint and the cost of all calls.

        A completed part is stored whatever happens to the next one, so that another call resumes
        from there. A model that cannot keep to a form is asked field by field.
        """
        blueprint = (await asyncio.to_thread(self.open, project_id)).blueprint
        making = BlueprintMaking(self._database, self._calls, project_id, tell, progress)
        for part in BlueprintPart:
            if blueprint.is_missing(part):
                blueprint = await making.make(part)
        return making.answer(blueprint)

    async def preview(self, project_id: str) -> PromptPreview:
        """Returns the next request for what is missing; with an empty blueprint, that for the first
        part."""
        blueprint = (await asyncio.to_thread(self.open, project_id)).blueprint
        part = next(iter(blueprint.missing_parts()), BlueprintPart.BASICS)
        making = BlueprintMaking(self._database, self._calls, project_id, _silent, unseen)
        return await making.preview(part)

    async def propose(
        self,
        project_id: str,
        field: BlueprintField,
        instruction: str,
        tell: TellEvent = _silent,
        progress: Progress = unseen,
    ) -> CallAnswer[Proposal]:
        """Rewrites a field as instructed without changing it: ``set`` accepts the proposal.

        The proposal is kept until ``forget``, so that a crash does not lose it.
        """
        change = BlueprintChange(self._database, self._calls, project_id, field, instruction)
        answer = await change.propose(tell, progress)
        content = {"value": _plain(answer.value.new)}
        await self._kept.keep_patiently(_key(project_id, field), content)
        return answer

    def waiting(self, project_id: str, field: BlueprintField) -> Proposal | None:
        """Returns the proposal that the author has not decided on, beside the present value."""
        kept = self._kept.find(_key(project_id, field))
        new = values_of({field.value: kept.content.get("value")}).get(field) if kept else None
        opened = self.open(project_id)
        old = opened.blueprint.value(field)
        # Equal: a crash came between accepting and forgetting it.
        return Proposal(field, old, new, opened.project.language) if new and new != old else None

    def forget(self, project_id: str, field: BlueprintField) -> None:
        """Records that the author has accepted or rejected the proposal for a field."""
        self._kept.forget(_key(project_id, field))

    async def preview_proposal(
        self, project_id: str, field: BlueprintField, instruction: str
    ) -> PromptPreview:
        """Returns the request that ``propose`` would send."""
        change = BlueprintChange(self._database, self._calls, project_id, field, instruction)
        return await change.preview()


def _key(project_id: str, field: BlueprintField) -> AnswerKey:
    return AnswerKey(project_id, AnswerKind.BLUEPRINT, subject=field.value)


def _plain(value: Value) -> str | list[dict[str, str]]:
    return value if isinstance(value, str) else [texts_of(item) for item in value]


def blueprint_lines(transaction: Transaction, project_id: str, outline: str) -> tuple[str, ...]:
    """Returns lines about the blueprint for a chapter's context, the most important first.

    They contain genre, tone and summary, the world, then the characters, places and factions named
    in the chapter's ``outline``, and the relationships of those characters. Empty for a novel
    without a blueprint.
    """
    language = transaction.projects.get(project_id).language
    blueprint = transaction.blueprints.get(project_id)
    named = [each for each in blueprint.characters if each.name and each.name in outline]
    places = [
        each
        for each in (*blueprint.locations, *blueprint.factions)
        if each.name and each.name in outline
    ]
    return (
        *_described(blueprint, language),
        *(f"- {line}" for line in blueprint.world_lines),
        *(f"- {item_line(each, language)}" for each in named),
        *(f"- {item_line(each, language)}" for each in places),
        *_relationships(blueprint, named, language),
    )


def _described(blueprint: Blueprint, language: Language) -> list[str]:
    names, colon = FIELD_NAMES[language], ": " if language is Language.ENGLISH else "："
    texts = {
        BlueprintField.GENRE: blueprint.genre,
        BlueprintField.TONE: blueprint.tone,
        BlueprintField.SUMMARY: blueprint.summary,
    }
    return [f"{names[field]}{colon}{text}" for field, text in texts.items() if text]


def _relationships(
    blueprint: Blueprint, named: list[BlueprintCharacter], language: Language
) -> list[str]:
    names = {each.name for each in named}
    return [
        f"- {item_line(each, language)}"
        for each in blueprint.relationships
        if {each.source, each.target} <= names
    ]
