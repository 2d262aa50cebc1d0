"""Any server that speaks the OpenAI chat API over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import cast

import httpx
from httpx_sse import EventSource, ServerSentEvent

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.answer_stream import AnswerReader, BoundedText
from arboris_desktop.llm.dialect import Dialect
from arboris_desktop.llm.endpoint import Endpoint, Timeouts, read_body
from arboris_desktop.llm.http_errors import error_for_exception, parse_json
from arboris_desktop.llm.provider import ChatRequest, StreamEnd, TextDelta
from arboris_desktop.llm.tokens import estimate_tokens

__all__ = ["ASSUMED_CONTEXT_TOKENS", "OpenAICompatibleProvider", "Timeouts"]

ASSUMED_CONTEXT_TOKENS = 8192
"""Taken for the context of a model that nobody stated: few models in use have less."""

_GRACE_SECONDS = 5.0
"""How long the token counts of an answer that is complete are waited for."""

_MAX_WHOLE_BYTES = 32_000_000
_CONTEXT_FIELDS = ("max_model_len", "context_length", "context_window", "max_context_length")


def _nothing(request: ChatRequest) -> Mapping[str, object]:
    return {}


class OpenAICompatibleProvider:
    """A model behind an OpenAI-compatible server.

    ``base_url`` may be given with or without ``/v1`` or ``/chat/completions``. An empty ``model``
    means the first one that the server lists. ``context_tokens`` 0 means unknown: 8192 is assumed
    until ``list_models`` learns it from a server that tells. ``extra`` gives further fields for
    the body of a request. Raises ``ProviderError`` for an address or a key that cannot be one.
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
    ) -> None:
        self._timeouts = timeouts or Timeouts()
        self._endpoint = Endpoint(base_url, api_key, self._timeouts, transport)
        self.name = self._endpoint.host
        self.model = model.strip()
        self.context_tokens = context_tokens or ASSUMED_CONTEXT_TOKENS
        self._context_is_known = context_tokens > 0
        self._dialect = Dialect()
        self._extra = extra

    async def stream_chat(self, request: ChatRequest) -> AsyncIterator[TextDelta | StreamEnd]:
        """Streams the answer; the connection is closed as soon as the caller stops."""
        if not self.model:
            await self._choose_model()
        deadline = _now() + self._timeouts.first_token
        response = await self._ask(request, deadline)
        reader = AnswerReader(self._endpoint.key)
        try:
            async with aclosing(self._texts(response, reader, deadline)) as texts:
                async for text in texts:
                    yield TextDelta(text)
        finally:
            await response.aclose()
        asked = sum(self.count_tokens(message.content) for message in request.messages)
        yield StreamEnd(reader.finish_reason, reader.usage(asked))

    async def list_models(self) -> list[str]:
        """The models that the server offers, in its order. Raises ``ProviderError``."""
        data = await self._endpoint.get_json("/models")
        entries = data.get("data", data.get("models"))
        if not isinstance(entries, list):
            raise ProviderError(ErrorKind.NOT_AN_API, "the server does not list its models")
        models = {
            entry["id"]: entry
            for entry in entries
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str)
        }
        if not self._context_is_known:
            self.context_tokens = _context_of(models.get(self.model, {})) or self.context_tokens
        return list(models)

    def count_tokens(self, text: str) -> int:
        """An estimate on the safe side; the tokenizer of the model is not known."""
        return estimate_tokens(text)

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._endpoint.aclose()

    async def _choose_model(self) -> None:
        models = await self.list_models()
        if not models:
            raise ProviderError(ErrorKind.MODEL_NOT_FOUND, "the server offers no model")
        self.model = models[0]

    async def _ask(self, request: ChatRequest, deadline: float) -> httpx.Response:
        while True:
            body = self._dialect.body(request, self.model, self._extra(request))
            try:
                return await self._endpoint.post_stream("/chat/completions", body, deadline)
            except ProviderError as refusal:
                if not self._dialect.adapt(body, refusal):
                    raise

    async def _texts(
        self, response: httpx.Response, reader: AnswerReader, deadline: float
    ) -> AsyncGenerator[str, None]:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            yield await self._whole_answer(response, reader, deadline)
            return
        if kind != "text/event-stream":
            raise ProviderError(
                ErrorKind.NOT_AN_API, f"the server answers with {kind or 'nothing'}"
            )
        # Event streams are UTF-8 by definition, whatever else the server claims.
        response.encoding = "utf-8"
        bounded = BoundedText(response)
        # The parser asks for the headers and the text, and for nothing else.
        source = EventSource(cast(httpx.Response, bounded))
        async with aclosing(source.aiter_sse()) as events:
            while not reader.done:
                data = await self._next(events, reader, deadline)
                if data is None:
                    return
                bounded.event_ended()
                if text := reader.feed(data):
                    yield text
                if reader.finished:
                    deadline = min(deadline, _now() + _GRACE_SECONDS)
                elif reader.alive:
                    deadline = _now() + self._timeouts.stall

    async def _next(
        self, events: AsyncGenerator[ServerSentEvent, None], reader: AnswerReader, deadline: float
    ) -> str | None:
        """The data of the next event; ``None`` at the end of an answer that is complete."""
        try:
            async with asyncio.timeout_at(deadline):
                return (await anext(events)).data
        except StopAsyncIteration:
            failure = ProviderError(
                ErrorKind.CONNECTION, "the connection ended before the answer was complete"
            )
        except TimeoutError:
            failure = self._silence(reader)
        except httpx.HTTPError as error:
            failure = error_for_exception(error, self._endpoint.key)
        if reader.finished:
            return None
        raise failure

    async def _whole_answer(
        self, response: httpx.Response, reader: AnswerReader, deadline: float
    ) -> str:
        """The text of an answer that the server did not stream although it was asked to."""
        try:
            async with asyncio.timeout_at(deadline):
                body = await read_body(response, _MAX_WHOLE_BYTES)
        except TimeoutError:
            raise ProviderError(
                ErrorKind.FIRST_TOKEN_TIMEOUT, "the answer did not come in time"
            ) from None
        except httpx.HTTPError as error:
            raise error_for_exception(error, self._endpoint.key) from error
        data = parse_json(body)
        if not isinstance(data, Mapping):
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the answer is not complete JSON")
        text = reader.feed_object(data)
        if "choices" not in data:
            raise ProviderError(ErrorKind.NOT_AN_API, "the answer is not that of a chat API")
        return text + reader.feed("[DONE]")

    def _silence(self, reader: AnswerReader) -> ProviderError:
        if reader.started:
            seconds = self._timeouts.stall
            return ProviderError(ErrorKind.STALLED, f"no further words for {seconds:g} s")
        seconds = self._timeouts.first_token
        return ProviderError(ErrorKind.FIRST_TOKEN_TIMEOUT, f"no words within {seconds:g} s")


def _context_of(entry: Mapping[str, object]) -> int:
    """The context that a list of models states for one; the servers differ in the name."""
    meta = entry.get("meta")
    stated = [entry.get(name) for name in _CONTEXT_FIELDS]
    stated.append(meta.get("n_ctx") if isinstance(meta, Mapping) else None)
    return next((value for value in stated if isinstance(value, int) and value > 0), 0)


def _now() -> float:
    return asyncio.get_running_loop().time()
