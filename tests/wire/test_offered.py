"""``doctor`` says whether a server has the model of a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.connection import listed_as
from tests.wire.wires import Wire, reply, said, serving

OPENAI = {"object": "list", "data": [{"id": "deepseek-chat"}, {"id": "deepseek-reasoner"}]}
OLLAMA = {"data": [{"id": "qwen3:latest", "owned_by": "library"}, {"id": "qwen3:8b"}]}
GOOGLE = {"data": [{"id": "models/gemini-2.5-flash"}]}
MISSING = reply({"error": {"message": "The model does not exist", "code": "model_not_found"}}, 404)
OF_OLLAMA = reply({"error": {"message": 'model "qwen3" not found, try pulling it first'}}, 404)
WORDS = said("It rains.")


@pytest.mark.parametrize(
    ("listing", "model", "chat", "state", "asked"),
    [
        (reply(OPENAI), "deepseek-chat", MISSING, "ok", 0),
        (reply(OPENAI), "deepseek-v9", MISSING, "problem", 1),
        # A server of one model, an endpoint's number, a deployment: not in the list, and answered.
        (reply(OPENAI), "ep-20261129-x7", WORDS, "note", 1),
        (reply(OLLAMA), "qwen3", MISSING, "ok", 0),
        (reply(OLLAMA), "qwen3:latest", MISSING, "ok", 0),
        (reply(OLLAMA), "qwen3:8b", MISSING, "ok", 0),
        (reply(OLLAMA), "qwen3:14b", OF_OLLAMA, "problem", 1),
        (reply({"data": [{"id": "qwen3:8b"}]}), "qwen3", OF_OLLAMA, "problem", 1),
        (reply(GOOGLE), "gemini-2.5-flash", MISSING, "ok", 0),
        (reply(["a", "b"]), "b", MISSING, "ok", 0),
        (reply({"data": []}), "mine", WORDS, "ok", 1),
        (reply({"data": None}), "mine", WORDS, "ok", 1),
        (reply({"detail": "Not Found"}, 404), "mine", WORDS, "ok", 1),
        (reply({"error": "no such route"}, 405), "mine", WORDS, "ok", 1),
        (reply("<html>hello</html>", kind="text/html"), "mine", WORDS, "ok", 1),
        (reply({"error": {"message": "not for this key"}}, 403), "mine", WORDS, "ok", 1),
        (reply({"data": []}), "mine", MISSING, "problem", 1),
        (reply({"error": {"message": "bad key"}}, 401), "mine", reply({}, 401), "problem", 1),
    ],
)
def test_doctor_knows_whether_a_server_has_the_model(  # noqa: PLR0917
    listing: Wire,
    model: str,
    chat: Wire,
    state: str,
    asked: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path))
    monkeypatch.setenv("ARBORIS_API_KEY", "sk-0123456789abcdef")
    monkeypatch.setenv("ARBORIS_MODEL", model)
    with serving(chat, listing=listing) as server:
        monkeypatch.setenv("ARBORIS_BASE_URL", server.url)
        code = main(["doctor"])
        chats = len(server.requests)
    lines = capsys.readouterr().out.splitlines()
    (line,) = [line for line in lines if f"{model} · 127.0.0.1" in line and "https" not in line]
    assert line.split()[0] == state, line
    assert code == (state == "problem")
    # A list that names the model is enough; else it is asked for a few words.
    assert min(chats, 1) == asked


def test_what_the_server_has_is_told_with_what_it_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path))
    monkeypatch.setenv("ARBORIS_MODEL", "gone")
    many = {"data": [{"id": f"m{number}"} for number in range(11)]}
    with serving(MISSING, listing=reply(many)) as server:
        monkeypatch.setenv("ARBORIS_BASE_URL", server.url)
        assert main(["doctor"]) == 1
    assert "m0, m1, m2, m3, m4, m5, m6, m7 and 3 more" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("model", "models", "listed"),
    [
        ("a", ["a"], "a"),
        ("a", ["b"], None),
        ("a", ["a:latest"], "a:latest"),
        ("a:latest", ["a"], None),
        ("a:8b", ["a:latest"], None),
        ("hf.co/x/a", ["hf.co/x/a:latest"], "hf.co/x/a:latest"),
        ("models/a", ["a"], "a"),
        ("a", ["models/a"], "models/a"),
        # vLLM tells these apart.
        ("qwen/a", ["Qwen/a"], None),
    ],
)
def test_the_spellings_of_a_name(model: str, models: list[str], listed: str | None) -> None:
    assert listed_as(model, models) == listed
