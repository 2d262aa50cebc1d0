"""A provider for every server with the OpenAI chat API over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace

import httpx

from arboris_desktop.domain.connection import listed_as
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.context_budget import (
    LEAST_CONTEXT_TOKENS,
    context_in,
    tokens_beside,
    tokens_of,
)
from arboris_desktop.llm.provider import ChatRequest, StreamEnd, StreamEvent
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.llm.wire.endpoint import Endpoint, RefusedError
from arboris_desktop.llm.wire.exchange import Exchange
from arboris_desktop.llm.wire.listing import context_of, models_in
from arboris_desktop.llm.wire.negotiation import Dialect, Negotiation
from arboris_desktop.llm.wire.reader import AnswerReader
from arboris_desktop.llm.wire.refusals import without_secret
from arboris_desktop.llm.wire.reported_context import ask_for_context
from arboris_desktop.llm.wire.thinking_budget import (
    MOST_ATTEMPTS,
    asks_for_more,
    thinking_budget,
    with_thinking_budget,
)
from arboris_desktop.llm.wire.timeouts import Timeouts
from arboris_desktop.llm.wire.truncated_prompt import is_truncated, most_read

__all__ = ["ASSUMED_CONTEXT_TOKENS", "OpenAICompatibleProvider", "Timeouts"]

ASSUMED_CONTEXT_TOKENS = 8192
"""The context assumed for a model if nobody stated one: few models in use have less."""


def _nothing(request: ChatRequest) -> Mapping[str, object]:
    return {}


class OpenAICompatibleProvider:
    """A model behind an OpenAI-compatible server.

    ``base_url`` may be given with or without ``/v1`` or ``/chat/completions``. An empty ``model``
    means the first one that the server lists. ``context_tokens`` 0 means unknown: 8192 is assumed
    until ``prepare`` or ``list_models`` learns it from the server. ``extra`` gives further fields
    of the request body. ``dialect`` is what is known about the server, and ``on_learnt`` is called
    when more becomes known. Raises ``ProviderError`` for an invalid address or key.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        model: str,
        *,
        context_tokens: int = 0,
        timeouts: Timeouts | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        extra: Callable[[ChatRequest], Mapping[str, object]] = _nothing,
        dialect: Dialect | None = None,
        on_learnt: Callable[[Dialect], None] = lambda _dialect: None,
    ) -> None:
        self._timeouts = timeouts or Timeouts()
        self._endpoint = Endpoint(base_url, api_key, self._timeouts, transport)
        self.name = self._endpoint.host
        self.model = model.strip()
        self._context_is_stated = context_tokens > 0
        self.context_tokens = context_tokens or ASSUMED_CONTEXT_TOKENS
        self._dialect = dialect or Dialect()
        self._on_learnt = on_learnt
        self._extra = extra
        self._fit_to_what_is_known()

    async def prepare(self) -> None:
        """Asks the server for the model's context, once; see ``Provider``."""
        if self._dialect.room_is_asked or self._context_is_stated:
            return
        try:
            if not self.model:
                await self._choose_model()
            room = await ask_for_context(self._endpoint, self.model)
        except ProviderError:
            # The next provider that is opened will ask again.
            return
        if room.may_change:
            # Asked again next time: by then the model may be loaded with another context.
            if not self._context_is_stated:
                self.context_tokens = room.context_tokens
            return
        most = min(filter(None, (self._dialect.max_output, room.output_tokens)), default=0)
        await self._keep(
            replace(
                self._dialect,
                context_tokens=room.context_tokens,
                max_output=most,
                room_is_asked=True,
            )
        )
        self._fit_to_what_is_known()

    def _fit_to_what_is_known(self) -> None:
        """Applies the author's settings as far as the server supports them."""
        told = self._dialect.context_tokens
        if told and (told < self.context_tokens or not self._context_is_stated):
            self.context_tokens = told

    async def stream_chat(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        """Streams the answer; the connection is closed as soon as the caller stops."""
        if not self.model:
            await self._choose_model()
        asked = self._with_room(request)
        negotiation = Negotiation(self._dialect, asked)
        spent = TokenUsage()
        for _ in range(MOST_ATTEMPTS):
            answer = Exchange(self._endpoint, self._timeouts, asked, negotiation.dialect)
            async with aclosing(self._answered(answer, negotiation, asked)) as events:
                async for event in events:
                    yield event
            reader = answer.reader
            usage = reader.usage(tokens_of(self, request.messages))
            only_read = await self._note_answer(negotiation.learnt, asked, reader, usage)
            spent += usage
            larger = self._with_room(request)
            if not reader.ran_out_in_thought or not asks_for_more(self._dialect, asked, larger):
                break
            asked = larger
        yield StreamEnd(reader.end, spent, reader.word, reader.raw, only_read)

    def _with_room(self, request: ChatRequest) -> ChatRequest:
        """Returns the request with room for the model's thoughts, as far as the context is
        known."""
        known = self._context_is_stated or self.context_tokens != ASSUMED_CONTEXT_TOKENS
        left = tokens_beside(self, request.messages, 0, request.json_schema) if known else None
        return with_thinking_budget(request, self._dialect.thought_tokens, left)

    async def _answered(
        self, answer: Exchange, negotiation: Negotiation, request: ChatRequest
    ) -> AsyncGenerator[StreamEvent, None]:
        """Yields the events of an answer except its end, in the dialect of the server."""
        while True:
            body = negotiation.dialect.body(request, self.model, self._extra(request))
            try:
                async with aclosing(answer.events(body, negotiation.dialect)) as events:
                    async for event in events:
                        yield event
                return
            except ProviderError as refusal:
                if answer.reader.started:
                    refusal.answer = answer.reader.raw
                    raise
                await self._note_refused_room(refusal)
                status = refusal.status if isinstance(refusal, RefusedError) else None
                negotiation.adapt(refusal, status)

    async def _note_answer(
        self, learnt: Dialect, request: ChatRequest, reader: AnswerReader, usage: TokenUsage
    ) -> int:
        """Records what an answer reveals about the server; returns how many tokens it read, if not
        all."""
        only_read = 0
        if is_truncated(request.messages, usage, learnt.most_read):
            only_read = usage.prompt_tokens
            context = max(only_read, LEAST_CONTEXT_TOKENS)
            learnt = replace(learnt, context_tokens=context, room_is_asked=True)
        await self._keep(
            replace(
                learnt,
                most_read=most_read(learnt.most_read, usage),
                thought_tokens=thinking_budget(learnt.thought_tokens, reader, request),
            )
        )
        self._fit_to_what_is_known()
        return only_read

    async def _note_refused_room(self, refusal: ProviderError) -> None:
        """Records the context that a refusal states, if it is smaller than assumed."""
        told = context_in(refusal.message) if refusal.kind is ErrorKind.CONTEXT_TOO_LONG else 0
        if 0 < told < self.context_tokens:
            await self._keep(replace(self._dialect, context_tokens=told, room_is_asked=True))

    async def list_models(self) -> list[str]:
        """Returns the models that the server offers for writing, in its order.

        Raises ``ProviderError``.
        """
        models = models_in(await self._endpoint.get_json("/models"))
        told = context_of(models.get(listed_as(self.model, models) or "", {}))
        if told and not self._context_is_stated:
            self.context_tokens = told
        return list(models)

    def count_tokens(self, text: str) -> int:
        """Returns a conservative estimate; the model's tokenizer is not known."""
        return estimate_tokens(text)

    def without_secrets(self, text: str) -> str:
        """See ``Provider``."""
        return without_secret(text, self._endpoint.key)

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._endpoint.aclose()

    async def _choose_model(self) -> None:
        models = await self.list_models()
        if not models:
            raise ProviderError(ErrorKind.MODEL_NOT_FOUND, "the server offers no model")
        self.model = models[0]

    async def _keep(self, learnt: Dialect) -> None:
        if learnt != self._dialect:
            self._dialect = learnt
            # Stored on a thread, because a disk or a server may block.
            await asyncio.to_thread(self._on_learnt, learnt)
