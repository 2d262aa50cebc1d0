"""Rewriting a field of the blueprint as the author instructs; they decide before it is stored."""

from __future__ import annotations

import asyncio

from arboris_desktop.domain.blueprint import ITEM_TYPES, BlueprintField, Value
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.storage.database import Database
from arboris_desktop.text.blueprint_lines import as_text, plain_field
from arboris_desktop.writing.asking import BuildRequest, ModelCalls
from arboris_desktop.writing.blueprint.field_stream import FieldStream
from arboris_desktop.writing.blueprint.reading import ArrivingPart, Progress, values_of
from arboris_desktop.writing.blueprint.request import (
    LIST_PROMPT,
    TEXT_PROMPT,
    Plan,
    change_request,
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


@record
class Proposal:
    """A new value for a field, which the author may accept."""

    field: BlueprintField
    old: Value
    new: Value
    language: Language

    @property
    def old_text(self) -> str:
        """The present text, for comparison."""
        return as_text(self.old, self.language)

    @property
    def new_text(self) -> str:
        """The proposed text, for comparison."""
        return as_text(self.new, self.language)


class BlueprintChange:
    """The rewriting of one field. Nothing is stored."""

    def __init__(
        self,
        database: Database,
        calls: ModelCalls,
        project_id: str,
        field: BlueprintField,
        instruction: str,
    ) -> None:
        self._database = database
        self._calls = calls
        self._field = field
        self._instruction = instruction
        self._is_list = field in ITEM_TYPES
        prompt = LIST_PROMPT if self._is_list else TEXT_PROMPT
        self._purpose = CallPurpose(ModelTask.PLANNING, prompt, project_id)

    async def propose(self, tell: TellEvent, progress: Progress) -> CallAnswer[Proposal]:
        """Asks the model for a proposal. Raises ``ProviderError``."""
        plan = await self._plan()
        bill = Bill()
        make = self._list if self._is_list else self._text
        new = await make(plan, tell, progress, bill)
        if not new:
            raise ProviderError(ErrorKind.EMPTY_ANSWER, f"no {self._field} in the answer")
        old = plan.blueprint.value(self._field)
        return bill.answer(Proposal(self._field, old, new, plan.language))

    async def preview(self) -> PromptPreview:
        """Returns the request as it is sent."""
        return await self._calls.preview(self._purpose, self._build(await self._plan()))

    async def _text(self, plan: Plan, tell: TellEvent, progress: Progress, bill: Bill) -> Value:
        answer = FieldStream(self._field, tell, progress, bill)
        await answer.read(self._calls, self._purpose, self._build(plan))
        return plain_field(self._field, answer.sentences(), plan.language)

    async def _list(self, plan: Plan, tell: TellEvent, progress: Progress, bill: Bill) -> Value:
        from arboris_desktop.writing.blueprint.forms import LIST_FORMS

        arriving = ArrivingPart([self._field], plan.language, progress)

        def watched(event: CallEvent) -> None:
            tell(event)
            if isinstance(event, CallText):
                arriving.add(event.text)

        form = LIST_FORMS[self._field]
        build = self._build(plan)
        answer = await self._calls.answer(self._purpose, build, form, on_event=watched)
        bill.add(answer)
        return values_of(answer.value.model_dump()).get(self._field, ())

    def _build(self, plan: Plan) -> BuildRequest:
        def build(provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
            form = self._example() if self._is_list else ""
            return change_request(plan, self._field, self._instruction, form, provider, prompts)

        return build

    def _example(self) -> str:
        from arboris_desktop.writing.blueprint.forms import LIST_FORMS, example

        return example(LIST_FORMS[self._field])

    async def _plan(self) -> Plan:
        return await asyncio.to_thread(read_plan, self._database, self._purpose.project_id or "")
