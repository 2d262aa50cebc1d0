"""From bytes to events, whatever the server calls them and leaves out."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

import pytest

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.llm.provider import ChatRequest
from tests.wire.asking import QUESTION, SCHEMA, ask, failure
from tests.wire.wires import (
    DONE,
    ROLE,
    Cut,
    Wire,
    as_text,
    data,
    head,
    piece,
    reply,
    said,
    split,
    stream,
    whole,
)

STORY = "灯塔灭了。“𠮷”😀… Rain.\u2028É\u0085"
PLAIN = stream(ROLE, piece(STORY), piece(finish="stop"))
BODY = b"".join(part for part in PLAIN[1:] if isinstance(part, bytes))


def heard(wire: Wire) -> str:
    answer = ask(wire)
    assert answer.end is AnswerEnd.WHOLE
    return answer.text


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_neither_line_ends_nor_the_division_into_packets_matter(ending: bytes, size: int) -> None:
    wire = (head(), BODY.replace(b"\n", ending))
    assert heard((wire[0], *split((wire[1],), size))) == STORY


@pytest.mark.parametrize(
    "kind",
    [
        "text/event-stream",
        "text/event-stream; charset=latin-1",
        "text/plain",
        "text/plain; charset=utf-8",
        "application/json",
        "application/octet-stream",
        "text/html",
        None,
    ],
)
def test_an_event_stream_is_one_whatever_it_is_called(kind: str | None) -> None:
    assert heard((head(kind=kind), BODY)) == STORY


@pytest.mark.parametrize("kind", ["text/event-stream", "text/plain", "application/json", None])
def test_json_is_json_whatever_it_is_called(kind: str | None) -> None:
    assert heard(reply(whole(STORY), kind=kind)) == STORY
    pretty = json.dumps(whole(STORY), indent=2, ensure_ascii=False)
    assert heard(reply(pretty, kind=kind)) == STORY


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "layout", ["each line", "first line", "own line", "indent 0", "blank lines"]
)
def test_an_event_may_be_printed_over_many_lines(layout: str, ending: str) -> None:
    def event(value: object, between: str = "\n\n") -> str:
        text = json.dumps(value, ensure_ascii=False, indent=0 if layout == "indent 0" else 2)
        if layout == "each line":
            text = text.replace("\n", "\ndata: ")
        if layout == "blank lines":
            text = text.replace("[\n", "[\n\n")
        return "data:" + ("\n" if layout == "own line" else " ") + text + between

    values = (ROLE, piece(STORY), piece("a\nb"), piece(finish="stop"))
    for between in ("\n\n", "\n"):
        body = "".join(event(value, between) for value in values).replace("\n", ending)
        assert heard((head(), *split((body.encode(),), 100))) == f"{STORY}a\nb"


@pytest.mark.parametrize("kind", ["application/x-ndjson", "application/json", "text/event-stream"])
def test_one_object_a_line_is_a_stream(kind: str) -> None:
    lines = "\n".join(map(as_text, [ROLE, piece(STORY), piece(finish="stop")]))
    assert heard((head(kind=kind), lines.encode())) == STORY
    lines = "\n".join(map(as_text, [piece(STORY), piece("More.", "stop")])) + "\n"
    assert heard((head(kind=kind), *split((lines.encode(),), 9))) == STORY + "More."


def test_the_protocol_of_ollama_itself_is_understood() -> None:
    def line(content: str, **more: object) -> dict[str, object]:
        return {"model": "x", "message": {"role": "assistant", "content": content}, **more}

    lines = [line("The ", done=False), line("The ", done=False), line("rain.", done=False)]
    lines.append(line("", done=True, done_reason="stop"))
    wire = (head(kind="application/x-ndjson"), "\n".join(map(as_text, lines)).encode())
    assert heard(wire) == "The The rain."
    cut = (head(kind="application/x-ndjson"), "\n".join(map(as_text, lines[:-1])).encode())
    assert failure(cut).kind is ErrorKind.CONNECTION


@pytest.mark.parametrize(
    "between",
    [
        b"retry: 3000\n\n",
        b"event: ping\ndata: {}\n\n",
        b"event: ping\n\n",
        b"event: keepalive\ndata: null\n\n",
        b"data: \n\n",
        b"data:\n\n",
        b"data\n\n",
        b": comment\n\n",
        b": PROCESSING\n",
        b":\n\n",
        b"id: 7\n\n",
        b"id: 7\nevent: message\nretry: 10\n\n",
        b"\n\n\n",
        b"data: ping\n\n",
        b"data: {}\n\n",
        b'data: {"choices": []}\n\n',
        b'data: {"id": "x", "model": "y", "usage": null}\n\n',
        b"foo: bar\n\n",
        b"data: [HEARTBEAT]\n\n",
        b"data: .\n\n",
        b"data: : keepalive\n\n",
        b"data: true\n\n",
        b'data: ""\n\n',
    ],
)
def test_what_is_no_piece_of_the_answer_is_skipped(between: bytes) -> None:
    wire = (head(), between, data(ROLE), between, data(piece(STORY)), between)
    assert heard((*wire, data(piece("More.")), data(piece(finish="stop")), between, DONE)) == (
        STORY + "More."
    )


def test_a_mark_of_the_byte_order_stands_before_all() -> None:
    assert heard((head(), b"\xef\xbb\xbf" + BODY)) == STORY
    assert heard((head(), *split((b"\xef\xbb\xbf" + BODY,), 1))) == STORY
    assert heard(reply(b"\xef\xbb\xbf" + as_text(whole(STORY)).encode())) == STORY
    assert heard(reply(as_text(whole(STORY)).encode("utf-16"))) == STORY


@pytest.mark.parametrize("tail", [b"", b"\n", b"\r\n"])
def test_the_last_event_may_lack_its_blank_line(tail: bytes) -> None:
    last = data(piece("More.", "stop")).rstrip() + tail
    assert heard((head(), data(piece(STORY)), last)) == STORY + "More."
    assert heard((head(), data(piece(STORY)), b"data: [DONE]" + tail)) == STORY


def test_a_cut_after_the_last_event_without_its_blank_line_does_no_harm() -> None:
    last = data(piece("More.", "stop")).rstrip() + b"\n"
    chunked = head(Transfer_Encoding="chunked")
    body = data(piece(STORY)) + last
    wire = (chunked, b"%x\r\n%s\r\n" % (len(body), body))
    assert ask(wire).text == STORY + "More."


def test_events_may_stand_without_blank_lines_between_them() -> None:
    lines = [data(value).rstrip() for value in (ROLE, piece(STORY), piece(finish="stop"))]
    assert heard((head(), b"\n".join([*lines, b"data: [DONE]"]))) == STORY


def test_an_event_may_have_several_lines_of_data() -> None:
    pretty = json.dumps(piece(STORY), indent=1, ensure_ascii=False)
    lines = "".join(f"data: {line}\n" for line in pretty.splitlines() if line)
    # A line separator within the text stays one line of data.
    lines = "".join(f"data: {line}\n" for line in pretty.split("\n"))
    assert heard((head(), lines.encode(), b"\n", data(piece(finish="stop")), DONE)) == STORY


@pytest.mark.parametrize("prefix", [b"data:", b"data: ", b"data:  ", b" data: "])
def test_the_space_after_the_colon_is_free(prefix: bytes) -> None:
    body = b"".join(
        prefix + as_text(value).encode() + b"\n\n" for value in (piece(STORY), piece(finish="stop"))
    )
    assert heard((head(), body)) == STORY


def test_an_error_that_a_proxy_adds_without_data_is_told() -> None:
    wire = (head(), data(piece(STORY)), b'{"error": {"message": "upstream lost", "code": 502}}\n')
    told = failure(wire)
    assert told.kind is ErrorKind.SERVER_ERROR
    assert "upstream lost" in told.message


@pytest.mark.parametrize("again", [b"data: ", b""])
def test_an_error_that_is_put_amid_an_event_is_told(again: bytes) -> None:
    told_amid = as_text({"error": {"message": "upstream lost", "type": "upstream_error"}}).encode()
    wire = (head(), data(piece(STORY)), b'data: {"id": "x", "cho\n', again, told_amid, b"\n\n")
    told = failure(wire)
    assert told.kind is ErrorKind.SERVER_ERROR
    assert "upstream lost" in told.message


CALL = {"name": "song", "arguments": '{"line": "雨"}'}


@pytest.mark.parametrize(
    "wire",
    [
        reply(whole(None, "tool_calls", tool_calls=[{"id": "c", "function": CALL}])),
        reply(whole(None, "function_call", function_call=CALL)),
        reply(whole("", "tool_calls", tool_calls=[{"function": {"arguments": {"line": "雨"}}}])),
        stream(
            piece("", role="assistant"),
            piece(tool_calls=[{"index": 0, "id": "c", "function": {"name": "s", "arguments": ""}}]),
            piece(tool_calls=[{"index": 0, "function": {"arguments": '{"line": '}}]),
            piece(tool_calls=[{"index": 0, "function": {"arguments": '"雨"}'}}]),
            piece(finish="tool_calls"),
        ),
    ],
)
def test_json_may_come_as_the_call_of_a_tool(wire: Wire) -> None:
    answer = ask(wire, request=ChatRequest(QUESTION, json_schema=SCHEMA))
    assert (json.loads(answer.text), answer.end) == ({"line": "雨"}, AnswerEnd.WHOLE)
    # Nobody asked for it where prose was asked for.
    assert ask(wire).text == ""


@pytest.mark.parametrize("wrapper", ["data", "result", "output"])
def test_an_answer_in_another_object_is_found(wrapper: str) -> None:
    assert heard(reply({"code": 0, "message": "success", wrapper: whole(STORY)})) == STORY


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"hello", ErrorKind.NOT_AN_API),
        (b"<!doctype html><title>Welcome</title>", ErrorKind.NOT_AN_API),
        (b'{"hello": 1}', ErrorKind.NOT_AN_API),
        (b"{", ErrorKind.INVALID_ANSWER),
        (b"", ErrorKind.CONNECTION),
        (b"data: {not json}\n\n", ErrorKind.INVALID_ANSWER),
        (b"data: seventeen\n\n", ErrorKind.INVALID_ANSWER),
    ],
)
def test_what_is_no_answer_is_told_as_what_it_is(body: bytes, kind: ErrorKind) -> None:
    for name in ("text/event-stream", "application/json", "text/plain"):
        if body == b"hello" and name == "text/event-stream":
            continue
        assert failure(reply(body, kind=name)).kind is kind


def test_a_break_amid_an_event_is_one() -> None:
    assert failure((head(), data(piece(STORY)), b'data: {"choi', Cut())).kind in (
        ErrorKind.CONNECTION,
        ErrorKind.INVALID_ANSWER,
    )


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:40]) + gzip.compress(BODY[40:])),
        ("gzip", b"".join(gzip.compress(BODY[at : at + 9]) for at in range(0, len(BODY), 9))),
        ("", gzip.compress(BODY[:40]) + gzip.compress(b"") + gzip.compress(BODY[40:])),
        ("gzip", gzip.compress(BODY)[:-8]),
        ("gzip", BODY),
        ("identity", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("utf-8", BODY),
    ],
)
def test_content_may_be_packed_whatever_its_label_says(label: str, body: bytes) -> None:
    for size in (1, 7, 4096):
        assert heard((head(Content_Encoding=label), *split((body,), size))) == STORY


def test_a_packing_that_nobody_asked_for_is_named() -> None:
    told = failure((head(Content_Encoding="br"), b"\x1b\x10\x00\xf8"))
    assert told.kind is ErrorKind.NOT_AN_API
    assert "br" in told.message


def test_a_refusal_may_be_packed() -> None:
    body = gzip.compress(b'{"error": {"message": "Insufficient Balance"}}')
    for headers in ({"Content_Encoding": "gzip"}, {}):
        assert failure(reply(body, 402, **headers)).kind is ErrorKind.QUOTA_EXHAUSTED


TEXT, LAST = as_text(piece(STORY)), as_text(piece(finish="stop"))


@pytest.mark.parametrize(
    "body",
    [
        f"data: {TEXT}{LAST}\n\n",
        f"data: {TEXT}data: {LAST}\n\n",
        f"data: {TEXT}, {LAST}[DONE]\n\n",
        f"data: {TEXT}\n\ndata: {LAST}data: [DONE]\n\n",
        f"data: {TEXT}\\n\\n\n\ndata: {LAST}\n\n",
        f"data: data: {TEXT}\n\ndata: data: [DONE]\n\n",
        f"Data: {TEXT}\n\nDATA: {LAST}\n\n",
        f"data: {TEXT}\n\ndata: [done]\n\n",
        f"data: {TEXT}\n\ndata: DONE\n\n",
        f'data: {TEXT}\n\ndata: "[DONE]"\n\n',
        f"data: {TEXT}\n\n[DONE]\n",
        f"data: {TEXT}\n\nevent: done\ndata: {{}}\n\n",
        f"\0\0data: {TEXT}\n\n\ufeffdata: {LAST}\n\n",
        f"\x1e{TEXT}\n\x1e{LAST}\n",
        f"{TEXT}\n[DONE]\n",
        f"[{TEXT},\r\n{LAST}]",
        f"id: 1\nevent: result\n:HTTP_STATUS/200\ndata: {TEXT}\n\ndata: {LAST}\n\n",
    ],
)
def test_events_are_found_however_they_are_strung(body: str) -> None:
    for size in (3, 4096):
        assert heard((head(), *split((body.encode(),), size))) == STORY


@pytest.mark.parametrize(
    "content",
    [
        [{"type": "text", "text": STORY}],
        [STORY],
        {"type": "text", "text": STORY},
        {"parts": [{"text": STORY}]},
        [{"type": "text", "text": {"value": STORY}}],
        [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": STORY}],
    ],
)
def test_a_content_may_consist_of_parts(content: Any) -> None:
    assert heard(stream(piece(content), piece(finish="stop"))) == STORY
    assert heard(reply(whole(content))) == STORY


@pytest.mark.parametrize("wrap", [lambda c: c, lambda c: {"0": c}])
def test_the_choices_may_be_an_object(wrap: Any) -> None:
    choice = {"delta": {"content": STORY}, "finish_reason": "stop"}
    assert heard(stream({"choices": wrap(choice)})) == STORY


def test_the_figures_may_stand_in_the_choice() -> None:
    usage = {"prompt_tokens": 4321, "completion_tokens": 7}
    wire = stream(piece(STORY), piece(finish="stop", also={"usage": usage}))
    assert ask(wire).prompt_tokens == 4321


def test_an_ordinary_answer() -> None:
    assert ask(said("The ", "rain.")).text == "The rain."
