"""The built-in model, which needs no account and no network: llama.cpp in a child process.

It runs in its own process because a crash of native code must not take the window with it, and
because its low priority keeps the window responsive while it computes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import replace

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.builtin_files import model_name
from arboris_desktop.llm.builtin_process import Address, BuiltInServer
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import BUILT_IN_NAME, ChatRequest, StreamEvent
from arboris_desktop.llm.tokens import CJK_WEIGHT_OF_ENGLISH_MODEL, estimate_tokens
from arboris_desktop.llm.wire.timeouts import Timeouts

__all__ = ["BuiltInProvider", "BuiltInServer"]

_ANSWER_TOKENS = 1024
"""The limit if the caller sets none: a model this small may never stop by itself."""

_TIMEOUTS = Timeouts(connect=10.0, first_token=900.0, stall=120.0)
"""The child is ours and computes as fast as it can, and background work may wait in its queue."""

_DYING_SECONDS = 1.0

# Keeps a small model from repeating itself. Quotations in JSON must be copied word for word, which
# a penalty on words of the question would prevent, so there only repeated phrases of its own output
# are penalised. Models with optional thinking do not think: on a CPU that takes minutes.
_WITHOUT_THOUGHT: dict[str, object] = {"chat_template_kwargs": {"enable_thinking": False}}
_TEXT_OPTIONS: dict[str, object] = _WITHOUT_THOUGHT | {
    "repeat_penalty": 1.1,
    "repeat_last_n": 256,
    "min_p": 0.05,
}
_JSON_OPTIONS: dict[str, object] = _WITHOUT_THOUGHT | {
    "dry_multiplier": 0.8,
    "dry_allowed_length": 12,
    "dry_penalty_last_n": 512,
}


class BuiltInProvider:
    """A provider that uses the shared child process and starts it when it is first needed.

    ``background`` marks work that gives way to a chapter; JSON always counts as such. Each asyncio
    loop uses its own provider. If the child crashes, the current answer ends with a retryable
    ``ProviderError``, and the next request starts a new child.
    """

    name = BUILT_IN_NAME

    def __init__(self, server: BuiltInServer, *, background: bool = False) -> None:
        self._server = server
        self._background = background
        server.acquire()
        self.model = model_name(server.model_path)
        self.context_tokens = server.room.slot_tokens
        self._address: Address | None = None
        self._http: OpenAICompatibleProvider | None = None
        self._closed = False

    async def prepare(self) -> None:
        """Does nothing: the context is known, because this process sets it."""

    async def stream_chat(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        """Streams the answer; starts the child if it does not run."""
        limit = min(request.max_tokens or _ANSWER_TOKENS, self.context_tokens)
        http = await self._connected()
        stream = http.stream_chat(replace(request, max_tokens=limit))
        try:
            async with aclosing(stream) as events:  # type: ignore[type-var]
                async for event in events:
                    yield event
        except ProviderError as error:
            if error.kind is ErrorKind.CONNECTION:
                # A dying process closes its connections before its exit is visible; the next
                # request must not be sent to it.
                await asyncio.to_thread(self._server.wait_for_end, _DYING_SECONDS)
            raise

    async def list_models(self) -> list[str]:
        """Returns the only model there is."""
        return await (await self._connected()).list_models()

    def count_tokens(self, text: str) -> int:
        """Returns a conservative estimate; Chinese costs this English model about twice as many
        tokens."""
        return estimate_tokens(text, cjk_weight=CJK_WEIGHT_OF_ENGLISH_MODEL)

    def without_secrets(self, text: str) -> str:
        """See ``Provider``."""
        return self._http.without_secrets(text) if self._http else text

    async def aclose(self) -> None:
        """Closes the connections; the child keeps running for other providers."""
        if self._closed:
            return
        self._closed = True
        if self._http is not None:
            await self._http.aclose()
        self._server.release()

    async def _connected(self) -> OpenAICompatibleProvider:
        address = self._server.running_at()
        if address is None:
            address = await asyncio.to_thread(self._server.start)
        if self._http is None or address != self._address:
            if self._http is not None:
                await self._http.aclose()
            self._address = address
            self._http = OpenAICompatibleProvider(
                address.base_url,
                address.key,
                self.model,
                context_tokens=self.context_tokens,
                timeouts=_TIMEOUTS,
                extra=self._options,
            )
        return self._http

    def _options(self, request: ChatRequest) -> Mapping[str, object]:
        options = _JSON_OPTIONS if request.json_schema is not None else _TEXT_OPTIONS
        if request.json_schema is None and not self._background:
            return options
        # All background work queues in the last slot, so that a chapter never waits behind three
        # analyses. Running them side by side would not be faster: the CPU is the bottleneck.
        return options | {"id_slot": self._server.room.slots - 1}
