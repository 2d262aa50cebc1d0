"""What one server understands of the OpenAI API, learnt from what it refuses."""

from __future__ import annotations

from collections.abc import Mapping

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.provider import ChatRequest, JsonSchema


class Dialect:
    """Builds request bodies; leaves out what the server refused before."""

    def __init__(self) -> None:
        self._formats = ["json_schema", "json_object"]
        self._wants_usage = True
        self._limit_name = "max_tokens"
        self._sends_temperature = True

    def body(
        self, request: ChatRequest, model: str, extra: Mapping[str, object]
    ) -> dict[str, object]:
        """The JSON body of a streamed chat completion; the fields of ``extra`` win."""
        body: dict[str, object] = {
            "model": model,
            "messages": [
                {"role": message.role.value, "content": message.content}
                for message in request.messages
            ],
            "stream": True,
        }
        if self._wants_usage:
            body["stream_options"] = {"include_usage": True}
        if request.max_tokens is not None:
            body[self._limit_name] = request.max_tokens
        if request.temperature is not None and self._sends_temperature:
            body["temperature"] = request.temperature
        if request.json_schema is not None and self._formats:
            body["response_format"] = _response_format(self._formats[0], request.json_schema)
        return {**body, **extra}

    def adapt(self, body: Mapping[str, object], refusal: ProviderError) -> bool:
        """Leaves out what the refusal names; true when a request now looks different.

        Every refusal takes something away for good, so that this ends.
        """
        if refusal.kind is not ErrorKind.REQUEST_REFUSED:
            return False
        said = refusal.message.lower()
        if "response_format" in body and _names(said, "response_format", "json_schema", "json_obj"):
            self._formats = self._formats[1:]
        elif "stream_options" in body and _names(said, "stream_options", "include_usage"):
            self._wants_usage = False
        elif "max_tokens" in body and "max_completion_tokens" in said:
            self._limit_name = "max_completion_tokens"
        elif "temperature" in body and "temperature" in said:
            self._sends_temperature = False
        else:
            return False
        return True


def _names(said: str, *words: str) -> bool:
    return any(word in said for word in words)


def _response_format(kind: str, schema: JsonSchema) -> dict[str, object]:
    if kind == "json_object":
        return {"type": "json_object"}
    return {
        "type": "json_schema",
        "json_schema": {"name": schema.name, "schema": schema.schema, "strict": True},
    }
