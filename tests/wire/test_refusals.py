"""Refusals by their words: what each server says, and what the author is told of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import CURES, PROVIDER_DOWN, Cure, ErrorKind
from tests.wire.asking import KEY, failure
from tests.wire.refusal_samples import (
    ADDRESS,
    CONTEXT,
    CREDIT,
    FORM,
    GUARD,
    KEY_REFUSED,
    MODEL,
    MODERATED,
    RATE,
    REFUSALS,
    REGION,
    SERVER,
    openai,
)
from tests.wire.wires import Wire, data, head, reply


def ids(refusals: list[tuple[str, int, object, ErrorKind]]) -> list[str]:
    return [
        f"{number} {name} {status} {kind}"
        for number, (name, status, _, kind) in enumerate(refusals)
    ]


def further() -> list[tuple[str, int, object, ErrorKind]]:
    """Public reports, one a line: who says it, its status, what it is, and the body."""
    lines = (Path(__file__).parent / "further_refusals.jsonl").read_text("utf-8").splitlines()
    each = map(json.loads, lines)
    return [(name, status, body, ErrorKind(kind)) for name, status, kind, body in each]


REFUSALS += further()


@pytest.mark.parametrize(("_name", "status", "body", "kind"), REFUSALS, ids=ids(REFUSALS))
def test_each_server_is_understood(_name: str, status: int, body: object, kind: ErrorKind) -> None:
    as_it_is = "text/plain" if isinstance(body, str) else "application/json"
    told = failure(reply(body, status, as_it_is))
    assert told.kind is kind, told.message


def page(title: str, body: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, page("Just a moment...", "cf-challenge"), GUARD),
        (503, page("Just a moment...", "Checking your browser"), GUARD),
        (403, page("Attention Required! | Cloudflare", "Sorry, you have been blocked"), GUARD),
        (403, page("Access denied", "Error 1020"), GUARD),
        (403, page("403 Forbidden"), GUARD),
        (405, page("405", "由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。"), GUARD),
        (200, page("Verify you are human", "captcha"), GUARD),
        (403, "error code: 1020", GUARD),
        (200, page("Welcome to our portal"), ADDRESS),
        (404, page("404 Not Found"), ADDRESS),
        (502, page("502 Bad Gateway", "cloudflare"), SERVER),
        (504, page("504 Gateway Time-out"), SERVER),
        (521, page("Web server is down", "cloudflare Error 521"), SERVER),
        (401, page("401 Authorization Required"), KEY_REFUSED),
        (413, page("413 Request Entity Too Large"), CONTEXT),
        (429, page("429 Too Many Requests"), RATE),
    ],
)
def test_a_page_before_the_server_is_told_as_what_it_is(
    status: int, body: str, kind: ErrorKind
) -> None:
    told = failure(reply(body, status, "text/html; charset=utf-8"))
    assert told.kind is kind
    assert "<" not in told.message


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        ((head(), b"event: error\n", data({"code": 403, "message": "余额不足"})), CREDIT),
        ((head(), data({"error": {"message": "内容涉及敏感信息", "code": "1301"}})), MODERATED),
        ((head(), data({"error": {"message": "Model unloaded."}})), MODEL),
        (
            (
                head(),
                data({"choices": None, "error_message": "maximum context length is 8192 tokens"}),
            ),
            CONTEXT,
        ),
    ],
)
def test_so_is_an_error_in_the_stream(wire: Wire, kind: ErrorKind) -> None:
    assert failure(wire).kind is kind


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {"errorCode": 40301, "errorMsg": "accessToken 无效"}, "accessToken 无效"),
        (401, {"fault": {"faultstring": "Invalid ApiKey", "detail": {"errorcode": "x"}}}, "ApiKey"),
        (
            422,
            {"message": "The selected model is invalid.", "errors": {"model": ["x"]}},
            "selected",
        ),
        (200, {"errcode": 40301, "errmsg": "账号余额不足"}, "余额不足"),
        (200, {"ret": -1, "desc": "鉴权失败"}, "鉴权失败"),
        (400, {"error": {"faultstring": "", "desc": "odd"}}, "odd"),
        (
            403,
            "<?xml version='1.0'?><Error><Message>Access Denied</Message></Error>",
            "Access Denied",
        ),
        (403, "<Error><Code>AccessDenied</Code></Error>", "AccessDenied"),
        (400, '{"error": {"message": "余额不足"}}'.encode("gbk"), "余额不足"),
        (403, "<html><title>网站防火墙</title></html>".encode("gbk"), "网站防火墙"),
        (502, "网关错误".encode("gb18030"), "网关错误"),
    ],
)
def test_the_words_are_found_wherever_they_stand(status: int, body: object, words: str) -> None:
    assert words in failure(reply(body, status, "text/plain")).message


def test_what_servers_say_in_traditional_characters_is_understood() -> None:
    told = failure(reply(openai("請求過於頻繁，請於 30 秒後重試"), 429))
    assert (told.kind, told.retry_after) == (RATE, 30.0)
    assert "請求過於頻繁" in told.message


def test_the_novel_in_an_error_is_not_taken_for_words_of_the_server() -> None:
    detail = {
        "loc": ["body", "x"],
        "msg": "odd",
        "input": {"messages": "敏感 insufficient balance"},
    }
    assert failure(reply({"detail": [detail]}, 422)).kind is FORM
    broken = {"message": "Failed to generate JSON.", "failed_generation": "余额不足，敏感"}
    assert failure(reply({"error": broken}, 400)).kind is ErrorKind.INVALID_ANSWER


def test_the_key_is_in_no_message() -> None:
    told = failure(reply(openai(f"Incorrect API key provided: {KEY}"), 401))
    assert KEY not in told.message
    assert "***" in told.message


def test_what_concerns_one_task_does_not_stop_the_queue() -> None:
    of_one = {MODERATED, ErrorKind.MODEL_DECLINED, CONTEXT, FORM, ErrorKind.ANSWER_CUT}
    assert not of_one & PROVIDER_DOWN
    assert {REGION, GUARD, CREDIT, KEY_REFUSED, ErrorKind.BROKEN_VARIABLE} <= PROVIDER_DOWN


@pytest.mark.parametrize(
    ("kind", "cure"),
    [(KEY_REFUSED, Cure.KEY), (ErrorKind.SPEND_LIMIT, Cure.LIMIT), (REGION, Cure.SETTINGS)],
)
def test_each_kind_says_where_it_can_be_mended(kind: ErrorKind, cure: Cure) -> None:
    assert CURES[kind] is cure
