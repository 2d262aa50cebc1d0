"""Reading the response of a server that refused, in all the forms in which servers put it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping

from arboris_desktop.domain.record import record
from arboris_desktop.llm.wire.retry_after import nested_json, retry_after_seconds
from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.patterns import lazy_pattern

_MATCHED_LENGTH = 1500
"""Characters of a refusal that are searched for known words."""

_MESSAGES = (
    "faultstring",
    "message",
    "msg",
    "error_msg",
    "error_message",
    "errorMessage",
    "errorMsg",
    "errmsg",
    "errMsg",
    "err_msg",
    "detail",
    "desc",
)
_HOLDERS = ("error", "errors", "base_resp", "fault", "detail")
"""Keys under which the fault stands, as a single one or as a list."""

_MESSAGES_LATER = ("error", "reason", "status_msg", "description", "title", "info")
_CODES = ("code", "type", "param", "status", "error_code", "errorCode", "reason", "error_type")
_ECHOES = frozenset(
    {"input", "inputs", "body", "request", "messages", "prompt", "ctx", "failed_generation"}
)
"""Keys under which servers quote the request, or the text of the model."""

_XML = lazy_pattern(r"\s*<(?:\?xml|error|response)\b", re.IGNORECASE)
_HTML = lazy_pattern(r"<html|<!doctype", re.IGNORECASE)
_ELEMENT = lazy_pattern(r"<(\w+)>([^<]+)</\1>")
_GENERIC = lazy_pattern(
    r"(the )?(upstream )?provider returned error|error|unknown error", re.IGNORECASE
)


@record
class ErrorResponse:
    """Everything that a server said when it refused.

    ``status`` is ``None`` for an error within an answer; ``words`` holds the message and the codes,
    ``codes`` those alone; ``wait`` is in seconds.
    """

    status: int | None
    message: str
    words: str
    codes: frozenset[str]
    wait: float | None
    is_minimax: bool = False


def decode_body(body: bytes) -> str:
    """Decodes a body, perhaps cut off; if it is not UTF-8, it is in the encoding of Chinese
    servers."""
    for name in ("utf-8-sig", "gb18030"):
        try:
            # Not final: the last character may be incomplete.
            return codecs.getincrementaldecoder(name)("strict").decode(body)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "replace")


def parse_json(body: bytes) -> object | None:
    """Returns the JSON value of a body, or ``None``."""
    try:
        value: object = json.loads(decode_body(body))
    except (ValueError, RecursionError):
        return None
    return value


def parse_error(body: bytes) -> object | None:
    """Returns the value of an error's body, which may be XML; or ``None``."""
    text = decode_body(body)
    if _XML.match(text) and not _HTML.search(text):
        fields = {name[:1].lower() + name[1:]: said for name, said in _ELEMENT.findall(text)}
        return {"error": fields} if fields else None
    return parse_json(body)


def read_error_response(
    status: int | None, headers: Mapping[str, str], data: object, text: str
) -> ErrorResponse:
    """Returns everything that is said in ``data``, or in ``text`` if there is no data."""
    data = _without_echo(data)
    message = text if data is None else _message(data)
    if (inner := nested_json(message)) is not None:
        data = [data, inner]
    everything = text if data is None else json.dumps(data, ensure_ascii=False)
    words = simplified(f"{message[:_MATCHED_LENGTH]} {everything[:_MATCHED_LENGTH]}")
    is_minimax = isinstance(data, Mapping) and "base_resp" in data
    return ErrorResponse(
        status,
        message,
        words,
        frozenset(_codes(data)),
        retry_after_seconds(headers, data, words),
        is_minimax,
    )


def _without_echo(data: object, depth: int = 0) -> object:
    """Returns the server's own words: some servers quote the novel that they were sent."""
    if depth > 8:
        return None
    if isinstance(data, list):
        return [_without_echo(each, depth + 1) for each in data[:20]]
    if isinstance(data, Mapping):
        own = ((k, v) for k, v in data.items() if str(k).lower() not in _ECHOES)
        # Some capitalise the names.
        return {f"{k}"[:1].lower() + f"{k}"[1:]: _without_echo(v, depth + 1) for k, v in own}
    return data


def _message(data: object) -> str:
    """Returns the message in the shapes that servers use, followed by its codes."""
    if isinstance(data, list):
        data = data[0] if data else None
    if not isinstance(data, Mapping):
        return data if isinstance(data, str) else ""
    within = data.get("response")
    data = within if isinstance(within, Mapping) else data
    error = next((data[name] for name in _HOLDERS if data.get(name)), data)
    if isinstance(error, list) and not isinstance(error[0], str):
        return _said_by_list(error)
    if isinstance(error, list):
        error = error[0]
    if not isinstance(error, Mapping):
        own = next((data[k] for k in _MESSAGES if isinstance(data.get(k), str)), "")
        return str(error) if not own or error is not True else own
    message = _said_by(error) or (_said_by(data) if error is not data else "")
    words = [str(error[k]) for k in ("code", "type", "param") if _is_word(error.get(k))]
    extra = ", ".join(word for word in words if word not in message)
    return f"{message} ({extra})" if extra and message else message or extra


def _said_by_list(errors: list[object]) -> str:
    """Returns the errors by field, from servers that validate each one."""
    told = [_said_of_field(each) for each in errors[:3] if isinstance(each, Mapping)]
    return "; ".join(filter(None, told)) or json.dumps(errors, ensure_ascii=False)


def _said_of_field(error: Mapping[str, object]) -> str:
    message, place = _said_by(error), error.get("loc")
    named = ".".join(map(str, place)) if isinstance(place, list) else ""
    return f"{named}: {message}" if named and message else message


def _said_by(error: Mapping[str, object]) -> str:
    names = (*_MESSAGES, *_MESSAGES_LATER)
    message = next((error[k] for k in names if error.get(k) and error[k] is not True), "")
    if isinstance(message, Mapping):
        return _said_by(message)
    text = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
    metadata = error.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
    if isinstance(raw, str) and raw.strip():
        # A router says only that another server refused, and quotes it here.
        inner = nested_json(raw)
        told = (_message(inner) if inner is not None else raw) or raw
        return told if _GENERIC.fullmatch(text.strip().rstrip(".")) else f"{text}: {told}"
    return text


def _is_word(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and bool(value)


def _codes(data: object, depth: int = 0) -> Iterator[str]:
    if depth > 4:
        return
    if isinstance(data, list):
        for each in data[:10]:
            yield from _codes(each, depth + 1)
    if not isinstance(data, Mapping):
        return
    for name, value in data.items():
        if name in (*_CODES, "status_code") and _is_word(value):
            yield str(value)
        elif isinstance(value, Mapping | list):
            yield from _codes(value, depth + 1)
