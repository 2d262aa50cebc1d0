"""A provider that speaks the OpenAI chat API: OpenAI, DeepSeek, Qwen, Ollama, llama.cpp, vLLM."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import httpx
from httpx_sse import EventSource

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.http_errors import (
    error_from_exception,
    error_from_response,
    error_in_stream,
)
from arboris_desktop.llm.provider import ChatRequest, StreamEnd, TextDelta
from arboris_desktop.llm.thinking import ThinkingFilter
from arboris_desktop.llm.tokens import OTHER_TOKENS_PER_CHARACTER, estimate_tokens

DEFAULT_CONTEXT_TOKENS = 8192
_MAX_BODY = 64 * 1024
_OPTIONAL = ("response_format", "stream_options")
"""Parameters that some servers refuse; they are left out then, and for good."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: for the connection, for the first sign of an answer, for the next."""

    connect: float = 15.0
    first_token: float = 60.0
    stall: float = 60.0


class OpenAICompatibleProvider:
    """Streams chat completions over HTTP. ``base_url`` may end in ``/v1`` or not."""

    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        model: str,
        *,
        name: str | None = None,
        context_tokens: int = 0,
        timeouts: Timeouts | None = None,
        extra: dict[str, object] | None = None,
        other_tokens_per_character: float = OTHER_TOKENS_PER_CHARACTER,
    ) -> None:
        self._base_url = normalise_base_url(base_url)
        self._api_key = api_key
        self._timeouts = timeouts or Timeouts()
        self._extra = extra or {}
        self._factor = other_tokens_per_character
        self._refused: set[str] = set()
        self.name = name or (httpx.URL(self._base_url).host or self._base_url)
        self.model = model
        self.context_tokens = context_tokens or DEFAULT_CONTEXT_TOKENS
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        # Redirects are not followed: they would carry the key to another host.
        self._client = httpx.AsyncClient(
            headers=headers,
            timeout=httpx.Timeout(None, connect=self._timeouts.connect),
            follow_redirects=False,
        )

    def count_tokens(self, text: str) -> int:
        """See ``Provider``."""
        return estimate_tokens(text, self._factor)

    async def aclose(self) -> None:
        """See ``Provider``."""
        await self._client.aclose()

    async def list_models(self) -> list[str]:
        """See ``Provider``."""
        try:
            async with asyncio.timeout(self._timeouts.first_token):
                answer = await self._client.get(f"{self._base_url}/models")
        except TimeoutError as error:
            raise ProviderError(ErrorKind.FIRST_TOKEN_TIMEOUT, "no list of models") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise error_from_exception(error, self._api_key) from error
        if answer.status_code != 200:
            raise error_from_response(
                answer.status_code, answer.headers, answer.text, self._api_key
            )
        try:
            return sorted(str(model["id"]) for model in answer.json()["data"])
        except (ValueError, KeyError, TypeError) as error:
            raise ProviderError(ErrorKind.NOT_AN_API, "the list of models is not one") from error

    async def stream_chat(
        self, request: ChatRequest
    ) -> AsyncGenerator[TextDelta | StreamEnd, None]:
        """See ``Provider``. Time-outs count from the last piece of text or thinking, so a
        server that only sends keep-alive comments is found out."""
        if not self.model:
            models = await self.list_models()
            if not models:
                raise ProviderError(ErrorKind.MODEL_NOT_FOUND, "the server offers no model")
            self.model = models[0]
        while True:
            try:
                async with aclosing(self._stream_once(request)) as stream:
                    async for event in stream:
                        yield event
                return
            except _ParameterRefusedError as refused:
                self._refused.add(refused.parameter)

    async def _stream_once(
        self, request: ChatRequest
    ) -> AsyncGenerator[TextDelta | StreamEnd, None]:
        body = self._body(request)
        reader = _StreamReader(request, self._api_key, self.count_tokens)
        try:
            async with asyncio.timeout(self._timeouts.first_token) as limit:
                async with self._client.stream(
                    "POST", f"{self._base_url}/chat/completions", json=body
                ) as response:
                    await self._check(response, body)
                    async for event in EventSource(response).aiter_sse():
                        if reader.feed(event.data):
                            limit.reschedule(_loop_time() + self._timeouts.stall)
                        if text := reader.take_text():
                            # While the caller works, the clock must not run.
                            limit.reschedule(None)
                            yield TextDelta(text)
                            limit.reschedule(_loop_time() + self._timeouts.stall)
                        if reader.done:
                            break
        except TimeoutError as error:
            kind = ErrorKind.STALLED if reader.alive else ErrorKind.FIRST_TOKEN_TIMEOUT
            raise ProviderError(kind, "the model fell silent") from error
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            raise error_from_exception(error, self._api_key) from error
        if text := reader.finish():
            yield TextDelta(text)
        yield reader.end()

    def _body(self, request: ChatRequest) -> dict[str, object]:
        body: dict[str, object] = {
            "model": self.model,
            "messages": [
                {"role": message.role.value, "content": message.content}
                for message in request.messages
            ],
            "stream": True,
            "stream_options": {"include_usage": True},
            **self._extra,
        }
        if request.max_tokens is not None:
            body["max_tokens"] = request.max_tokens
        if request.temperature is not None:
            body["temperature"] = request.temperature
        if request.json_schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {
                    "name": request.json_schema.name,
                    "schema": request.json_schema.schema,
                    "strict": True,
                },
            }
            if "json_schema" in self._refused:
                body["response_format"] = {"type": "json_object"}
        for parameter in self._refused:
            body.pop(parameter, None)
        return body

    async def _check(self, response: httpx.Response, body: dict[str, Any]) -> None:
        content_type = response.headers.get("content-type", "")
        if response.status_code == 200 and "text/event-stream" in content_type:
            return
        raw = b""
        async for chunk in response.aiter_bytes():
            raw += chunk
            if len(raw) > _MAX_BODY:
                break
        text = raw.decode("utf-8", "replace")
        if response.status_code in (400, 422):
            self._refuse_parameter(text.lower(), body)
        if response.status_code == 200:
            raise ProviderError(ErrorKind.NOT_AN_API, f"not a stream but {content_type or '?'}")
        if 300 <= response.status_code < 400:
            raise ProviderError(
                ErrorKind.NOT_AN_API, f"the server redirects (HTTP {response.status_code})"
            )
        raise error_from_response(response.status_code, response.headers, text, self._api_key)

    def _refuse_parameter(self, message: str, body: dict[str, Any]) -> None:
        """Finds out which optional parameter the server does not know."""
        for parameter in _OPTIONAL:
            if parameter in body and (
                parameter in message or (parameter == "response_format" and "schema" in message)
            ):
                first = body[parameter].get("type") == "json_schema"
                raise _ParameterRefusedError("json_schema" if first else parameter)


class _ParameterRefusedError(Exception):
    def __init__(self, parameter: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter


class _StreamReader:
    """Reads the chunks of one answer."""

    def __init__(self, request: ChatRequest, secret: str | None, count_tokens: Any) -> None:
        self._request = request
        self._secret = secret
        self._count_tokens = count_tokens
        self._filter = ThinkingFilter()
        self._text = ""
        self._written = 0
        self._finish_reason = ""
        self._usage: TokenUsage | None = None
        self.alive = False
        self.done = False

    def feed(self, data: str) -> bool:
        """Takes one event; true when it brought text or thinking."""
        if data.strip() == "[DONE]":
            self.done = True
            return False
        try:
            chunk = json.loads(data)
        except ValueError as error:
            raise ProviderError(ErrorKind.INVALID_ANSWER, "a chunk is not JSON") from error
        if not isinstance(chunk, dict):
            raise ProviderError(ErrorKind.INVALID_ANSWER, "a chunk is not an object")
        if chunk.get("error"):
            raise error_in_stream(chunk["error"], self._secret)
        if usage := chunk.get("usage"):
            self._usage = TokenUsage(
                int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
            )
        return any(self._choice(choice) for choice in (chunk.get("choices") or [])[:1])

    def _choice(self, choice: dict[str, Any]) -> bool:
        self._finish_reason = choice.get("finish_reason") or self._finish_reason
        delta = choice.get("delta") or {}
        content = delta.get("content") or ""
        self._text += self._filter.feed(content)
        lives = bool(content or delta.get("reasoning_content") or delta.get("reasoning"))
        self.alive = self.alive or lives
        return lives

    def take_text(self) -> str:
        """The text that came since the last call."""
        text, self._text = self._text, ""
        self._written += self._count_tokens(text) if text else 0
        return text

    def finish(self) -> str:
        """What remains at the end; raises ``ProviderError`` if the answer was cut off."""
        if not self._finish_reason and not self.done:
            raise ProviderError(
                ErrorKind.CONNECTION, "the connection ended before the answer was complete"
            )
        self._text += self._filter.finish()
        return self.take_text()

    def end(self) -> StreamEnd:
        """The last event."""
        usage = self._usage
        if usage is None:
            prompt = sum(self._count_tokens(m.content) for m in self._request.messages)
            usage = TokenUsage(prompt, self._written, estimated=True)
        return StreamEnd(self._finish_reason or "stop", usage)


def normalise_base_url(address: str) -> str:
    """The address up to and including the API's version, without a trailing slash."""
    address = address.strip().rstrip("/").removesuffix("/chat/completions").rstrip("/")
    if address and "://" not in address:
        address = f"http://{address}"
    path = address.split("://", 1)[-1].partition("/")[2]
    return address if path else f"{address}/v1"


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
