"""Creating the missing parts of a blueprint."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from arboris_desktop.domain.blueprint import (
    ITEM_TYPES,
    Blueprint,
    BlueprintField,
    BlueprintPart,
    Value,
)
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.partial_json import strings_of
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.retrying_store import patiently
from arboris_desktop.text.blueprint_lines import items_from_lines, plain_field
from arboris_desktop.text.prose import whole_sentences
from arboris_desktop.writing.asking import BuildRequest, ModelCalls
from arboris_desktop.writing.blueprint.field_stream import FieldStream
from arboris_desktop.writing.blueprint.reading import ArrivingPart, Progress, values_of
from arboris_desktop.writing.blueprint.request import (
    FIELD_PROMPT,
    PART_PROMPTS,
    Plan,
    field_request,
    part_request,
    read_plan,
)
from arboris_desktop.writing.call_events import (
    Bill,
    CallAnswer,
    CallEvent,
    CallText,
    PromptPreview,
    TellEvent,
)

if TYPE_CHECKING:
    from arboris_desktop.llm.forms import BaseModel

_UNREADABLE = (ErrorKind.INVALID_ANSWER, ErrorKind.EMPTY_ANSWER)
"""Failures of small models; another question may do better."""


class BlueprintMaking:
    """One run over the missing parts; it only fills what is empty."""

    def __init__(
        self,
        database: Database,
        calls: ModelCalls,
        project_id: str,
        tell: TellEvent,
        progress: Progress,
    ) -> None:
        self._database = database
        self._calls = calls
        self._project_id = project_id
        self._tell = tell
        self._progress = progress
        self._bill = Bill()

    def answer(self, blueprint: Blueprint) -> CallAnswer[Blueprint]:
        """Returns the blueprint with the cost of all calls of the run."""
        return self._bill.answer(blueprint)

    async def make(self, part: BlueprintPart) -> Blueprint:
        """Creates a part and stores it. Raises ``ProviderError``."""
        if part is BlueprintPart.SYNOPSIS:
            await self._tell_story()
        else:
            await self._ask_for_form(part)
        for field in (await self._plan()).blueprint.missing_fields(part):
            # A novel may do without factions: a model that named none may have meant it.
            if field is not BlueprintField.FACTIONS:
                await self._ask_in_words(field)
        return (await self._plan()).blueprint

    async def preview(self, part: BlueprintPart) -> PromptPreview:
        """Returns the request for a part."""
        build = _of_part(await self._plan(), part)
        return await self._calls.preview(self._purpose(PART_PROMPTS[part]), build)

    # In a form

    async def _ask_for_form(self, part: BlueprintPart) -> None:
        from arboris_desktop.writing.blueprint.forms import PART_FORMS

        form, plan = PART_FORMS[part], await self._plan()
        arriving = ArrivingPart(plan.blueprint.missing_fields(part), plan.language, self._progress)
        saved: dict[BlueprintField, Value] = {}

        def salvage(answer: str) -> BaseModel:
            # What is missing is then asked for in plain words.
            saved.update(values_of(strings_of(answer)))
            return form()

        def tell(event: CallEvent) -> None:
            self._tell(event)
            if isinstance(event, CallText):
                arriving.add(event.text)

        try:
            answer = await self._calls.answer(
                self._purpose(PART_PROMPTS[part]),
                _of_part(plan, part),
                form,
                on_event=tell,
                salvage=salvage,
            )
        except (asyncio.CancelledError, ProviderError):
            await asyncio.shield(self._fill(arriving.whole()))
            raise
        self._bill.add(answer)
        await self._fill(saved or values_of(answer.value.model_dump()))

    # In words

    async def _tell_story(self) -> None:
        """Streams the synopsis; if it is stopped, the text so far is kept."""
        plan, field = await self._plan(), BlueprintField.SYNOPSIS
        answer = self._stream(field)
        try:
            build = _of_part(plan, BlueprintPart.SYNOPSIS)
            purpose = self._purpose(PART_PROMPTS[BlueprintPart.SYNOPSIS])
            await answer.read(self._calls, purpose, build)
        except asyncio.CancelledError:
            story = whole_sentences(answer.text).strip()
            await asyncio.shield(self._fill({field: story}))
            raise
        except ProviderError as error:
            if error.kind not in _UNREADABLE:
                raise
            self._bill.add_lost(error)
        await self._fill({field: plain_field(field, answer.sentences(), plan.language)})

    async def _ask_in_words(self, field: BlueprintField) -> None:
        """Asks for one field in plain words; if the model cannot do even that, the field stays
        empty."""
        plan, answer = await self._plan(), self._stream(field)

        def build(provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
            return field_request(plan, field, provider, prompts)

        try:
            await answer.read(self._calls, self._purpose(FIELD_PROMPT), build)
        except ProviderError as error:
            if error.kind not in _UNREADABLE:
                raise
            self._bill.add_lost(error)
            return
        value: Value = plain_field(field, answer.text, plan.language)
        if field in ITEM_TYPES:
            value = items_from_lines(field, answer.text)
        await self._fill({field: value})

    def _stream(self, field: BlueprintField) -> FieldStream:
        self._progress(field, "")
        return FieldStream(field, self._tell, self._progress, self._bill)

    # Storing

    async def _fill(self, found: dict[BlueprintField, Value]) -> None:
        await patiently(lambda: self._fill_now(found))

    def _fill_now(self, found: dict[BlueprintField, Value]) -> None:
        """Fills what is still empty, since the author may have typed meanwhile."""
        with self._database.write() as transaction:
            now = transaction.blueprints.get(self._project_id)
            filled = now.filled(found)
            for field in found:
                if filled.value(field) != now.value(field):
                    transaction.blueprints.set(self._project_id, field, filled.value(field))

    async def _plan(self) -> Plan:
        return await asyncio.to_thread(read_plan, self._database, self._project_id)

    def _purpose(self, prompt: str) -> CallPurpose:
        return CallPurpose(ModelTask.PLANNING, prompt, self._project_id)


def _of_part(plan: Plan, part: BlueprintPart) -> BuildRequest:
    def build(provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        return part_request(plan, part, provider, prompts)

    return build
