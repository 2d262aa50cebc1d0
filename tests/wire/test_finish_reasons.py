"""An end is not believed too easily: which words mean what, and where they stand."""

from __future__ import annotations

import asyncio
import threading

import pytest

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.llm.provider import ChatRequest, StreamEnd, TextDelta
from tests.wire.asking import QUESTION, ask, failure, provider_of
from tests.wire.wires import (
    DONE,
    ROLE,
    Every,
    Hold,
    data,
    head,
    piece,
    reply,
    said,
    serving,
    stream,
    whole,
)

STORY = "The rain had followed her home. "


@pytest.mark.parametrize(
    ("word", "end"),
    [
        ("stop", AnswerEnd.WHOLE),
        ("STOP", AnswerEnd.WHOLE),
        ("eos", AnswerEnd.WHOLE),
        ("eos_token", AnswerEnd.WHOLE),
        ("end_turn", AnswerEnd.WHOLE),
        ("end-turn", AnswerEnd.WHOLE),
        ("complete", AnswerEnd.WHOLE),
        ("COMPLETE", AnswerEnd.WHOLE),
        ("stop_sequence", AnswerEnd.WHOLE),
        ("FINISH_REASON_STOP", AnswerEnd.WHOLE),
        ("finished", AnswerEnd.WHOLE),
        ("</s>", AnswerEnd.WHOLE),
        ("<|im_end|>", AnswerEnd.WHOLE),
        ("<|endoftext|>", AnswerEnd.WHOLE),
        ("<end_of_turn>", AnswerEnd.WHOLE),
        ("<｜end▁of▁sentence｜>", AnswerEnd.WHOLE),
        ("length", AnswerEnd.CUT),
        ("max_tokens", AnswerEnd.CUT),
        ("MAX_TOKENS", AnswerEnd.CUT),
        ("max_output_tokens", AnswerEnd.CUT),
        ("model_length", AnswerEnd.CUT),
        ("model_context_window_exceeded", AnswerEnd.CUT),
        ("token limit", AnswerEnd.CUT),
        ("content_filter", AnswerEnd.WITHHELD),
        ("sensitive", AnswerEnd.WITHHELD),
        ("SAFETY", AnswerEnd.WITHHELD),
        ("RECITATION", AnswerEnd.WITHHELD),
        ("PROHIBITED_CONTENT", AnswerEnd.WITHHELD),
        ("BLOCKLIST", AnswerEnd.WITHHELD),
        ("refusal", AnswerEnd.WITHHELD),
        ("guardrail_intervened", AnswerEnd.WITHHELD),
        ("error", AnswerEnd.FAILED),
        ("insufficient_system_resource", AnswerEnd.FAILED),
        ("network_error", AnswerEnd.FAILED),
        ("abort", AnswerEnd.FAILED),
        ("cancelled", AnswerEnd.FAILED),
        ("timeout", AnswerEnd.FAILED),
        ("stop_token_id", AnswerEnd.WHOLE),
        ("eosFound", AnswerEnd.WHOLE),
        ("stop_sequence_matched", AnswerEnd.WHOLE),
        ("end_of_message", AnswerEnd.WHOLE),
        ("maxPredictedTokensReached", AnswerEnd.CUT),
        ("contextLengthReached", AnswerEnd.CUT),
        ("truncated_by_length", AnswerEnd.CUT),
        ("ERROR_LIMIT", AnswerEnd.CUT),
        ("content_filter: PROHIBITED_CONTENT", AnswerEnd.WITHHELD),
        ("ERROR_TOXIC", AnswerEnd.WITHHELD),
        ("risk_control", AnswerEnd.WITHHELD),
        ("内容过滤", AnswerEnd.WITHHELD),
        ("function_call_filter: MALFORMED_FUNCTION_CALL", AnswerEnd.FAILED),
        ("userStopped", AnswerEnd.FAILED),
        ("server_overloaded", AnswerEnd.FAILED),
        ("USER_CANCEL", AnswerEnd.FAILED),
        ("normal_end", AnswerEnd.WHOLE),
        ("正常结束", AnswerEnd.WHOLE),
        ("num_predict", AnswerEnd.CUT),
        ("out_of_tokens", AnswerEnd.CUT),
        ("MODEL_ARMOR", AnswerEnd.WITHHELD),
        ("deadline_exceeded", AnswerEnd.FAILED),
        ("unload", AnswerEnd.FAILED),
        ("natural_end", AnswerEnd.WHOLE),
        ("生成完成", AnswerEnd.WHOLE),
        ("context_overflow", AnswerEnd.CUT),
        ("內容截斷", AnswerEnd.CUT),
        ("触发风控", AnswerEnd.WITHHELD),
        ("內容過濾", AnswerEnd.WITHHELD),
        ("LANGUAGE", AnswerEnd.WITHHELD),
        ("resource_exhausted", AnswerEnd.FAILED),
        ("quota_exceeded", AnswerEnd.FAILED),
        ("max_time_reached", AnswerEnd.FAILED),
        ("server_shutdown", AnswerEnd.FAILED),
        ("client_disconnect", AnswerEnd.FAILED),
        ("terminated", AnswerEnd.FAILED),
        ("余额不足", AnswerEnd.FAILED),
        ("服务繁忙", AnswerEnd.FAILED),
        ("tool_calls", AnswerEnd.UNKNOWN),
        ("OTHER", AnswerEnd.UNKNOWN),
        ("wibble", AnswerEnd.UNKNOWN),
        ("完成啦", AnswerEnd.UNKNOWN),
    ],
)
def test_each_word_for_the_end_is_understood_and_kept(word: str, end: AnswerEnd) -> None:
    heard = ask(said(STORY, finish=word))
    assert (heard.text, heard.end, heard.word) == (STORY, end, word)


@pytest.mark.parametrize("word", [None, "", " ", "null", "None", 0, {}])
def test_what_is_no_word_is_no_end_and_the_last_event_alone_makes_it_whole(word: object) -> None:
    heard = ask(stream(piece(STORY, word), piece("More.", word), piece(finish=word)))
    assert (heard.text, heard.end, heard.word) == (STORY + "More.", AnswerEnd.WHOLE, "")


@pytest.mark.parametrize("word", [None, "", "null"])
def test_without_any_word_or_last_event_it_is_broken_off(word: object) -> None:
    assert failure(stream(piece(STORY, word), done=False)).kind is ErrorKind.CONNECTION


@pytest.mark.parametrize("word", ["", "stop", "length", "wibble"])
def test_a_word_in_every_event_ends_nothing_before_the_last(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arboris_desktop.llm.wire.exchange._GRACE_SECONDS", 0.01)
    first = data(piece("", word, role="assistant"))
    more = Every(0.05, data(piece("one more ", word)), times=6)
    assert ask((head(), first, more, DONE)).text == "one more " * 6


def test_the_last_word_counts() -> None:
    heard = ask(stream(piece(STORY, "stop"), piece("More."), piece(finish="length")))
    assert (heard.text, heard.end) == (STORY + "More.", AnswerEnd.CUT)


@pytest.mark.parametrize(
    ("first", "second", "end"),
    [
        ("length", "stop", AnswerEnd.CUT),
        ("content_filter", "stop", AnswerEnd.WITHHELD),
        ("error", "stop", AnswerEnd.FAILED),
        ("generating", "stop", AnswerEnd.WHOLE),
        ("FINISH_REASON_UNSPECIFIED", "stop", AnswerEnd.WHOLE),
    ],
)
def test_of_two_words_for_one_end_the_graver_counts(
    first: str, second: str, end: AnswerEnd
) -> None:
    heard = ask(stream(piece(STORY), piece(finish=first), piece(finish=second)))
    assert (heard.text, heard.end) == (STORY, end)


@pytest.mark.parametrize(
    ("choice", "end"),
    [
        ({"delta": {"finish_reason": "length"}}, AnswerEnd.CUT),
        ({"delta": {}, "stop_reason": "max_tokens"}, AnswerEnd.CUT),
        ({"delta": {}, "finish_reason": {"type": "length"}}, AnswerEnd.CUT),
        ({"delta": {}, "finish_details": {"type": "max_tokens"}}, AnswerEnd.CUT),
        ({"delta": {}, "finish_reason": ["stop"]}, AnswerEnd.WHOLE),
        (
            {"delta": {}, "finish_reason": "stop", "native_finish_reason": "MAX_TOKENS"},
            AnswerEnd.CUT,
        ),
        ({"delta": {}, "finish_reason": "stop", "native_finish_reason": "x"}, AnswerEnd.WHOLE),
        ({"delta": {}, "finish_reason": "stop", "stop_reason": 128009}, AnswerEnd.WHOLE),
    ],
)
def test_the_word_may_stand_elsewhere(choice: object, end: AnswerEnd) -> None:
    assert ask(stream(piece(STORY), {"choices": [choice]}, done=False)).end is end


@pytest.mark.parametrize(
    "last",
    [
        b'data: {"done": true}\n\n',
        b'data: {"is_end": true, "choices": [{"delta": {"content": ""}}]}\n\n',
        b'event: message_stop\ndata: {"type": "message_stop"}\n\n',
    ],
)
def test_an_event_may_say_that_it_is_the_last(last: bytes) -> None:
    heard = ask((head(), data(piece(STORY)), last))
    assert (heard.text, heard.end) == (STORY, AnswerEnd.WHOLE)


def test_an_end_that_text_follows_was_none() -> None:
    wire = stream(piece(STORY), piece(finish="stop"), piece("More."), done=False)
    assert failure(wire).kind is ErrorKind.CONNECTION


def test_after_an_end_of_its_own_nothing_is_waited_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("arboris_desktop.llm.wire.exchange._GRACE_SECONDS", 0.05)
    never = threading.Event()
    heard = ask((head(), data(piece(STORY)), data(piece(finish="stop")), Hold(never)))
    assert (heard.text, heard.end) == (STORY, AnswerEnd.WHOLE)


@pytest.mark.parametrize(
    "last",
    [
        {"choices": [{"message": {"content": STORY + "More."}, "finish_reason": "stop"}]},
        {
            "choices": [
                {
                    "delta": {},
                    "message": {"role": "assistant", "content": STORY + "More."},
                    "finish_reason": "stop",
                }
            ]
        },
        {
            "choices": [
                {"delta": None, "message": {"content": STORY + "More."}, "finish_reason": "stop"}
            ]
        },
    ],
)
def test_the_whole_text_again_in_the_last_event_is_not_text_twice(last: object) -> None:
    heard = ask(stream(piece(STORY), piece("More."), last))
    assert (heard.text, heard.end) == (STORY + "More.", AnswerEnd.WHOLE)


def test_the_whole_text_again_as_a_delta_is_not_text_twice() -> None:
    long = STORY * 4
    heard = ask(stream(piece(long), piece("More."), piece(long + "More.", "stop")))
    assert heard.text == long + "More."


def test_messages_in_place_of_deltas_are_text() -> None:
    def message(text: str, finish: object = None) -> object:
        return {"choices": [{"message": {"content": text}, "finish_reason": finish}]}

    heard = ask(stream(message(STORY + "More.", "stop")))
    assert heard.text == STORY + "More."
    grown = ask(stream(message("The rain"), message("The rain had"), message(STORY, "stop")))
    assert grown.text == STORY


def test_completions_in_place_of_chats_are_text() -> None:
    old = {"choices": [{"text": STORY, "finish_reason": None}]}
    assert ask(stream(old, {"choices": [{"text": "More.", "finish_reason": "stop"}]})).text == (
        STORY + "More."
    )


@pytest.mark.parametrize(
    ("event", "kind", "words"),
    [
        (
            piece(finish="error", also={"error": {"code": 502, "message": "upstream died"}}),
            ErrorKind.SERVER_ERROR,
            "upstream died",
        ),
        (
            {"error": {"code": 429, "message": "slow down", "type": "rate_limit_error"}},
            ErrorKind.RATE_LIMITED,
            "slow down",
        ),
        ({"error": "the model crashed"}, ErrorKind.SERVER_ERROR, "the model crashed"),
        (
            {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
            ErrorKind.SERVER_ERROR,
            "Overloaded",
        ),
        (
            {"object": "error", "message": "EngineDeadError", "code": 500},
            ErrorKind.SERVER_ERROR,
            "EngineDeadError",
        ),
        ({"code": 20015, "message": "余额不足", "data": None}, ErrorKind.QUOTA_EXHAUSTED, "余额"),
        ({"detail": "worker lost", "status": 500}, ErrorKind.SERVER_ERROR, "worker lost"),
        ({"detail": "worker lost"}, ErrorKind.SERVER_ERROR, "worker lost"),
        ({"detail": [{"loc": ["body"], "msg": "lost"}]}, ErrorKind.SERVER_ERROR, "lost"),
        ({"message": "Internal Server Error"}, ErrorKind.SERVER_ERROR, "Internal"),
        ({"errors": [{"message": "out of capacity"}]}, ErrorKind.SERVER_ERROR, "capacity"),
        ({"errors": {"message": "out of capacity"}}, ErrorKind.SERVER_ERROR, "capacity"),
        (
            {"choices": [], "error": {"code": 502, "message": "limit reached (33/32)"}},
            ErrorKind.SERVER_ERROR,
            "33/32",
        ),
        (
            {"choices": [{"delta": {"error": {"message": "broke"}}}]},
            ErrorKind.SERVER_ERROR,
            "broke",
        ),
        ("[ERROR] upstream reset", ErrorKind.SERVER_ERROR, "upstream reset"),
        ("Internal Server Error", ErrorKind.SERVER_ERROR, "Internal Server Error"),
        ("<html><title>502 Bad Gateway</title></html>", ErrorKind.SERVER_ERROR, "502"),
    ],
)
def test_an_error_amid_the_text_has_the_words_of_the_provider(
    event: object, kind: ErrorKind, words: str
) -> None:
    told = failure(stream(piece(STORY), event))
    assert told.kind is kind
    assert words in told.message


@pytest.mark.parametrize("body", [{"message": "out of memory"}, "out of memory"])
def test_an_event_named_error_is_one(body: object) -> None:
    event = b"event: error\n" + data(body)
    told = failure((head(), data(piece(STORY)), event))
    assert (told.kind, told.message) == (ErrorKind.SERVER_ERROR, "out of memory")


@pytest.mark.parametrize(
    "line",
    [
        b'error: {"message": "upstream timeout"}\n\n',
        b"error: upstream timeout\n\n",
        b"upstream timeout\n",
        b'data: {"message": "upstream timeout"}\nevent: error\n\n',
        b"<html>\n<head><title>upstream timeout</title></head>\n</html>\n",
    ],
)
def test_a_line_that_is_no_event_may_tell_of_an_error(line: bytes) -> None:
    told = failure((head(), data(piece(STORY)), line))
    assert told.kind is ErrorKind.SERVER_ERROR
    assert "upstream timeout" in told.message


@pytest.mark.parametrize(
    "aside",
    [
        {"status": "processing", "message": "queue position 3"},
        {"type": "info", "message": "searching", "citations": []},
        {"type": "ping", "cost": "0"},
        {"id": "", "choices": [], "prompt_filter_results": [{"prompt_index": 0}]},
        {"choices": [{"index": 0, "finish_reason": None, "content_filter_results": {}}]},
        {"choices": [{"index": 1, "delta": {"content": "another answer"}}]},
        {"choices": None},
    ],
)
def test_what_is_neither_text_nor_error_is_passed_over(aside: object) -> None:
    heard = ask(stream(piece(STORY), aside, piece(finish="stop"), aside))
    assert (heard.text, heard.end) == (STORY, AnswerEnd.WHOLE)


def test_an_error_after_a_whole_answer_costs_nothing_of_it() -> None:
    heard = ask(stream(piece(STORY), piece(finish="stop"), {"error": {"message": "billing"}}))
    assert (heard.text, heard.end) == (STORY, AnswerEnd.WHOLE)


@pytest.mark.parametrize(
    "answer",
    [whole(STORY), whole(STORY, None), whole(STORY, ""), whole([{"type": "text", "text": STORY}])],
)
def test_an_answer_that_is_not_streamed_ends_with_its_body(answer: object) -> None:
    heard = ask(reply(answer))
    assert (heard.text, heard.end) == (STORY, AnswerEnd.WHOLE)


@pytest.mark.parametrize(
    ("word", "end"),
    [("length", AnswerEnd.CUT), ("sensitive", AnswerEnd.WITHHELD), ("wibble", AnswerEnd.UNKNOWN)],
)
def test_so_do_its_words_hold(word: str, end: AnswerEnd) -> None:
    assert ask(reply(whole(STORY, word))).end is end


def test_a_refusal_in_a_field_of_its_own_is_one() -> None:
    told = failure(
        stream(piece(refusal="I can not "), piece(refusal="do that."), piece(finish="stop"))
    )
    assert (told.kind, told.message) == (ErrorKind.MODEL_DECLINED, "I can not do that.")


def test_a_reset_after_the_end_does_no_harm() -> None:
    arrived = threading.Event()

    async def read() -> list[object]:
        with serving((head(), data(piece(STORY, "stop")), Hold(arrived), b"data: {")) as server:
            provider = provider_of(server)
            seen: list[object] = []
            async for event in provider.stream_chat(ChatRequest(QUESTION)):
                seen.append(event)
                if isinstance(event, TextDelta):
                    arrived.set()
            await provider.aclose()
            return seen

    *_, delta, end = asyncio.run(read())
    assert delta == TextDelta(STORY)
    assert isinstance(end, StreamEnd)
    assert end.end is AnswerEnd.WHOLE


def test_a_role_alone_is_no_beginning_and_no_end() -> None:
    assert failure(stream(ROLE, done=False)).kind is ErrorKind.CONNECTION
