"""Features that a server lacks are found out by taking optional fields away one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.wire.negotiation import Dialect
from tests.wire.asking import QUESTION, SCHEMA, failure, hear, provider_of
from tests.wire.wires import Request, Rule, Wire, reply, said, serving, whole

ALL = ChatRequest(QUESTION, max_tokens=400, temperature=0.7, json_schema=SCHEMA)
PLAIN = ChatRequest(QUESTION, max_tokens=400, temperature=0.7)
Refuses = Callable[[dict[str, object]], bool]


def unless(refuses: Refuses, words: str, status: int = 400) -> Rule:
    """A server that refuses with these words what it does not know."""

    def answer(request: Request) -> Wire:
        if refuses(request.body):
            return reply({"error": {"message": words, "type": "invalid_request_error"}}, status)
        if request.body.get("stream") is False:
            return reply(whole("{}"))
        return said("{}")

    return answer


def has(name: str) -> Refuses:
    return lambda body: name in body


def has_system(body: dict[str, object]) -> bool:
    messages = body["messages"]
    assert isinstance(messages, list)
    return any(message["role"] == "system" for message in messages)


def wants_schema(body: dict[str, object]) -> bool:
    form = body.get("response_format")
    return isinstance(form, dict) and form["type"] == "json_schema"


def asked(rule: Rule, *requests: ChatRequest) -> tuple[list[dict[str, object]], Dialect]:
    """The requests to the server until all were answered, and what was learnt."""
    learnt = [Dialect()]

    async def run(server: object) -> None:
        provider = provider_of(server)  # type: ignore[arg-type]
        provider._on_learnt = learnt.append
        for request in requests:
            assert (await hear(provider, request)).end is AnswerEnd.WHOLE
        await provider.aclose()

    with serving(rule) as server:
        asyncio.run(run(server))
        return server.bodies, learnt[-1]


NAMED = [
    (wants_schema, "This response_format type is unavailable now", {"json_mode": "object"}),
    (
        wants_schema,
        "The provided JSON schema contains features not supported by xgrammar.",
        {"json_mode": "object"},
    ),
    (wants_schema, "failed to parse grammar", {"json_mode": "object"}),
    (wants_schema, "Structured output is not supported", {"json_mode": "object"}),
    (has("response_format"), "json mode is not supported for this model", {"json_mode": "none"}),
    (has("response_format"), "Unknown field: response_format", {"json_mode": "none"}),
    (has("response_format"), "guided decoding failed", {"json_mode": "none"}),
    (has("stream_options"), "Unknown field stream_options", {"wants_usage": False}),
    (
        has("stream_options"),
        "Extra inputs are not permitted: include_usage",
        {"wants_usage": False},
    ),
    (
        has("temperature"),
        "Unsupported value: 'temperature' does not support 0.7 with this model.",
        {"sends_temperature": False},
    ),
    (
        has("max_tokens"),
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
        "'max_completion_tokens' instead.",
        {"limit_name": "max_completion_tokens"},
    ),
    (
        lambda b: "max_tokens" in b or "max_completion_tokens" in b,
        "unknown field max_tokens",
        {"limit_name": ""},
    ),
    (
        lambda b: b.get("max_tokens", 0) > 300,
        "max_tokens is too large: 400. This model supports at most 300 completion tokens",
        {"max_output": 300},
    ),
    (has_system, "System role not supported", {"has_system_role": False}),
    (
        has_system,
        "Only user, assistant and tool roles are supported, got system.",
        {"has_system_role": False},
    ),
    (
        has_system,
        "Conversation roles must alternate user/assistant/user/assistant",
        {"has_system_role": False},
    ),
    (
        lambda b: b["stream"] is True,
        "Your organization must be verified to stream this model.",
        {"streams": False},
    ),
    (lambda b: b["stream"] is True, "streaming is not supported", {"streams": False}),
    (
        has("temperature"),
        "invalid temperature: only 1 is allowed for this model",
        {"sends_temperature": False},
    ),
    (
        has("temperature"),
        "`temperature` is deprecated for this model.",
        {"sends_temperature": False},
    ),
    (
        has("stream_options"),
        "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs'}]",
        {"wants_usage": False},
    ),
    (
        has("stream_options"),
        "Stream options can only be defined when `stream=True`.",
        {"wants_usage": False},
    ),
    (has_system, "invalid params, invalid message role: system", {"has_system_role": False}),
    (
        has_system,
        'messages: first message must use the "user" role',
        {"has_system_role": False},
    ),
    (
        has_system,
        'Unexpected role "system". The API accepts a top-level parameter',
        {"has_system_role": False},
    ),
    (
        has_system,
        "Developer instruction is not enabled for models/gemma-3-27b-it",
        {"has_system_role": False},
    ),
    (
        lambda b: b.get("max_tokens", 0) > 300,
        "Range of max_tokens should be [1, 300]",
        {"max_output": 300},
    ),
    (
        lambda b: b.get("max_tokens", 0) > 300,
        "max_tokens 参数非法：取值范围[1,300]",
        {"max_output": 300},
    ),
]


@pytest.mark.parametrize(
    ("refuses", "words", "learnt"), NAMED, ids=[words for _, words, _ in NAMED]
)
def test_what_the_server_names_is_taken_away_and_kept(
    refuses: Refuses, words: str, learnt: dict[str, object]
) -> None:
    bodies, dialect = asked(unless(refuses, words), ALL, ALL, ALL)
    assert dialect.to_json() == learnt
    # Found out once; the second and the third question are put as they are understood.
    assert len(bodies) <= 3 + 2
    assert not any(map(refuses, bodies[-2:]))


BODIES: list[tuple[Refuses, int, object, dict[str, object]]] = [
    (
        has("stream_options"),
        422,
        {
            "message": {
                "detail": [
                    {
                        "type": "extra_forbidden",
                        "loc": ["body", "stream_options"],
                        "msg": "Extra inputs are not permitted",
                    }
                ]
            }
        },
        {"wants_usage": False},
    ),
    (
        has("temperature"),
        422,
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "temperature"], "msg": "Extra"}]},
        {"sends_temperature": False},
    ),
    (
        lambda b: b["stream"] is True,
        403,
        {"error": {"message": "You must be verified to stream this model.", "param": "stream"}},
        {"streams": False},
    ),
    (
        has("response_format"),
        404,
        {
            "error": {
                "message": "No endpoints found that can handle the requested parameters: "
                "response_format"
            }
        },
        {"json_mode": "none"},
    ),
]


@pytest.mark.parametrize(("refuses", "status", "body", "learnt"), BODIES)
def test_fields_are_named_in_other_shapes_too(
    refuses: Refuses, status: int, body: object, learnt: dict[str, object]
) -> None:
    def answer(request: Request) -> Wire:
        if refuses(request.body):
            return reply(body, status)
        return reply(whole("{}")) if request.body["stream"] is False else said("{}")

    bodies, dialect = asked(answer, ALL, ALL)
    assert dialect.to_json() == learnt
    assert not refuses(bodies[-1])


UNNAMED = [
    (has("response_format"), "API 调用参数有误，请检查文档。", {"json_mode": "none"}),
    (wants_schema, "Bad Request", {"json_mode": "object"}),
    (has("stream_options"), "invalid request", {"wants_usage": False}),
    (has("temperature"), "参数错误", {"sends_temperature": False}),
    (has_system, "Bad Request", {"has_system_role": False}),
    (lambda b: b["stream"] is True, "no", {"streams": False}),
]


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize(("refuses", "words", "learnt"), UNNAMED)
def test_what_it_does_not_name_is_found_too(
    refuses: Refuses, words: str, learnt: dict[str, object], status: int
) -> None:
    bodies, dialect = asked(unless(refuses, words, status), ALL, ALL)
    assert dialect.to_json() == learnt, "only what made the difference is kept"
    assert len(bodies) <= 10
    assert not refuses(bodies[-1])
    # What was taken away in vain is asked for again.
    assert len([name for name in bodies[0] if name not in bodies[-1]]) <= 1


@pytest.mark.parametrize(
    ("words", "refuses"),
    [
        ("While executing CallExpression: Jinja Exception: System role not supported", has_system),
        ("Failed to initialize grammar", has("response_format")),
        ("structured_output backend failed: unsupported schema", wants_schema),
    ],
)
def test_templates_and_grammars_that_fail_are_told_with_500(words: str, refuses: Refuses) -> None:
    bodies, _ = asked(unless(refuses, words, 500), ALL)
    assert not refuses(bodies[-1])


def test_a_server_without_two_of_them_is_asked_seven_times_for_five_answers() -> None:
    def answer(request: Request) -> Wire:
        for name in ("max_tokens", "temperature"):
            if name in request.body:
                return reply({"error": {"message": f"Unsupported parameter: '{name}'"}}, 400)
        return said("{}")

    bodies, _ = asked(answer, ALL, PLAIN, ALL, ALL, ALL)
    assert len(bodies) <= 7


def test_two_that_are_not_named_are_both_found_in_time() -> None:
    def answer(request: Request) -> Wire:
        if "temperature" in request.body or "stream_options" in request.body:
            return reply({"error": {"message": "no"}}, 400)
        return said("{}")

    bodies, dialect = asked(answer, *[PLAIN] * 4)
    assert dialect.to_json() == {"sends_temperature": False, "wants_usage": False}
    assert len(bodies) <= 4 + 5


def test_the_instructions_come_before_the_question_where_there_is_no_role_for_them() -> None:
    bodies, _ = asked(unless(has_system, "System role not supported"), PLAIN)
    assert bodies[-1]["messages"] == [{"role": "user", "content": "You are a poet.\n\nSing."}]


def test_a_refusal_in_the_stream_is_one_as_well() -> None:
    def answer(request: Request) -> Wire:
        if "stream_options" in request.body:
            return reply({"code": 400, "message": "invalid parameter: stream_options"})
        return said("{}")

    bodies, dialect = asked(answer, PLAIN)
    assert dialect.to_json() == {"wants_usage": False}
    assert len(bodies) == 2


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        (400, "This model's maximum context length is 4096 tokens", ErrorKind.CONTEXT_TOO_LONG),
        (400, "Insufficient balance", ErrorKind.QUOTA_EXHAUSTED),
        (400, "Content Exists Risk", ErrorKind.MODERATED),
        (400, "The model `x` does not exist", ErrorKind.MODEL_NOT_FOUND),
        (401, "response_format", ErrorKind.UNAUTHORIZED),
        (429, "temperature", ErrorKind.RATE_LIMITED),
        (503, "grammar", ErrorKind.SERVER_ERROR),
    ],
)
def test_what_is_understood_as_something_else_is_not_asked_again(
    status: int, words: str, kind: ErrorKind
) -> None:
    with serving(reply({"error": {"message": words}}, status)) as server:

        async def run() -> None:
            provider = provider_of(server)
            try:
                await hear(provider, ALL)
            finally:
                await provider.aclose()

        with pytest.raises(ProviderError) as caught:
            asyncio.run(run())
        assert caught.value.kind is kind
        assert len(server.requests) == 1


def test_a_refusal_that_nothing_helps_against_is_told_after_a_bounded_number() -> None:
    learnt: list[Dialect] = []
    with serving(reply({"error": {"message": "no such luck"}}, 400)) as server:

        async def run() -> None:
            provider = provider_of(server)
            provider._on_learnt = learnt.append
            try:
                await hear(provider, ALL)
            finally:
                await provider.aclose()

        with pytest.raises(ProviderError) as caught:
            asyncio.run(run())
        assert caught.value.message.startswith("no such luck")
        assert 1 < len(server.requests) <= 9
    assert learnt == [], "a refusal alone proves nothing"


def test_what_was_learnt_can_be_stored() -> None:
    for dialect in (Dialect(), Dialect(streams=False, limit_name="", max_output=7)):
        assert Dialect.from_json(dialect.to_json()) == dialect
    odd = {"json_mode": "telepathy", "streams": "yes", "unknown": 1, "max_output": None}
    assert Dialect.from_json(odd) == Dialect()


def test_an_answer_that_is_too_short_to_be_begun_is_one_that_was_cut() -> None:
    words = (
        "Could not finish the message because max_tokens or model output limit was reached. Please "
        "try again with higher max_tokens."
    )
    assert failure(reply({"error": {"message": words}}, 400)).kind is ErrorKind.ANSWER_CUT
