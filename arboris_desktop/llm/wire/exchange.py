"""A request for a chat completion and its answer, piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.cleaning.thoughts import Sifted
from arboris_desktop.llm.provider import (
    CallPhase,
    ChatRequest,
    Phase,
    StreamEvent,
    TextDelta,
    TextWithdrawn,
)
from arboris_desktop.llm.wire.decompression import decompressed
from arboris_desktop.llm.wire.endpoint import Endpoint
from arboris_desktop.llm.wire.events import WireEvent
from arboris_desktop.llm.wire.framing import Form, Framer
from arboris_desktop.llm.wire.negotiation import Dialect
from arboris_desktop.llm.wire.reader import AnswerReader
from arboris_desktop.llm.wire.refusals import error_for_page
from arboris_desktop.llm.wire.timeouts import RequestDeadline, Timeouts

_GRACE_SECONDS, _GRACE_IN_DOUBT = 5.0, 20.0
"""Seconds to wait for the token counts of a complete answer; and if its end was announced together
with text, since some servers do so in every piece."""


class Exchange:
    """One request and its answer, piece by piece."""

    def __init__(
        self, endpoint: Endpoint, timeouts: Timeouts, request: ChatRequest, dialect: Dialect
    ) -> None:
        self._endpoint = endpoint
        self._timeouts = timeouts
        self._request = request
        self._begin(dialect)

    def _begin(self, dialect: Dialect) -> None:
        self._deadline = RequestDeadline(self._timeouts, streams=dialect.streams)
        self.reader = AnswerReader(
            self._endpoint.key,
            self._request.max_tokens,
            prose=self._request.json_schema is None,
        )
        self._phase: CallPhase | None = None

    async def events(
        self, body: Mapping[str, object], dialect: Dialect
    ) -> AsyncGenerator[StreamEvent, None]:
        """Sends the request and streams everything except the end."""
        self._begin(dialect)
        yield CallPhase(Phase.READING)
        response = await self._endpoint.post_stream(
            "/chat/completions", body, self._deadline.deadline
        )
        try:
            async with aclosing(self._pieces(response)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            await response.aclose()

    async def _pieces(self, response: httpx.Response) -> AsyncGenerator[StreamEvent, None]:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        framer = Framer(claims_events=kind == "text/event-stream")
        reader = self.reader
        async with aclosing(decompressed(response)) as chunks:
            while not reader.done:
                chunk = await self._next(chunks)
                events = framer.finish() if chunk is None else framer.feed(chunk)
                for event in events:
                    for piece in self._read(event):
                        yield piece
                if chunk is None:
                    break
        if not reader.done:
            reader.end_whole()
        self._refuse_broken(framer, response)
        for piece in _as_events(reader.finish()):
            yield piece

    async def _next(self, chunks: AsyncGenerator[bytes, None]) -> bytes | None:
        """Returns the next bytes; ``None`` at the end of the body, however it came about."""
        try:
            async with asyncio.timeout_at(self._deadline.deadline):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return None
        except TimeoutError:
            failure = self._deadline.silence()
        except httpx.HTTPError as error:
            failure = self._endpoint.failure(error)
        else:
            self._deadline.sign_of_life()
            return chunk
        if self.reader.finished:
            return None
        raise failure

    def _read(self, event: WireEvent) -> list[StreamEvent]:
        reader = self.reader
        sifted = reader.feed(event)
        if reader.alive:
            self._deadline.word()
        if reader.finished and reader.started:
            self._deadline.end_within(_GRACE_IN_DOUBT if reader.alive else _GRACE_SECONDS)
        return [*self._phases(), *_as_events(sifted)]

    def _phases(self) -> list[StreamEvent]:
        phase = None
        if self.reader.is_thinking:
            phase = CallPhase(Phase.THINKING)
        elif self.reader.progress is not None and not self.reader.started:
            phase = CallPhase(Phase.READING, self.reader.progress)
        if phase is None or phase == self._phase:
            return []
        self._phase = phase
        return [phase]

    def _refuse_broken(self, framer: Framer, response: httpx.Response) -> None:
        """Raises if the body was no answer, or not a complete one."""
        if framer.form is Form.PAGE:
            shown = framer.shown.encode()
            raise error_for_page(response.status_code, response.headers, shown, self._endpoint.key)
        if framer.form is Form.TEXT:
            said = " ".join(framer.shown.split())[:80]
            raise ProviderError(ErrorKind.NOT_AN_API, f"the server answers with a text: {said}")
        if framer.form is not Form.UNDECIDED and not self.reader.is_known:
            raise ProviderError(ErrorKind.NOT_AN_API, "the answer is not that of a chat API")
        if not self.reader.finished:
            raise ProviderError(
                ErrorKind.CONNECTION, "the connection ended before the answer was complete"
            )
        if self.reader.declined:
            raise ProviderError(ErrorKind.MODEL_DECLINED, self.reader.declined[:300])


def _as_events(sifted: Sifted) -> list[StreamEvent]:
    events: list[StreamEvent] = [TextWithdrawn()] if sifted.withdrawn else []
    return [*events, TextDelta(sifted.text)] if sifted.text else events
