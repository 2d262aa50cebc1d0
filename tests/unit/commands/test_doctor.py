"""``doctor`` on the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from arboris_desktop.cli import main
from tests.support.scripted_provider import ScriptedProvider, status
from tests.unit.commands.command_setup import set_up


def test_doctor_reports_a_dead_provider(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARBORIS_BASE_URL", "http://127.0.0.1:9/v1")

    assert main(["doctor"]) == 1

    assert "problem" in capsys.readouterr().out


def test_doctor_tells_what_to_do_about_a_damaged_database(
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = Path(os.environ["ARBORIS_HOME"])
    home.mkdir()
    (home / "arboris.db").write_bytes(b"this was a database once " * 400)

    assert main(["doctor"]) == 1

    [line] = [one for one in capsys.readouterr().out.splitlines() if one.startswith("problem")]
    assert "doctor --restore newest" in line


@pytest.mark.skipif(sys.platform == "win32", reason="folders of a user are closed there")
def test_doctor_tells_when_others_may_read_the_novels(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_to_all = tmp_path / "like tmp"
    open_to_all.mkdir()
    open_to_all.chmod(0o1777)
    for home, notes in ((os.environ["ARBORIS_HOME"], 0), (str(open_to_all), 1)):
        monkeypatch.setenv("ARBORIS_HOME", home)
        main(["doctor"])
        said = capsys.readouterr().out
        assert said.count("note     other users of this computer may look into") == notes


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these have one of their own")
@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "note     input method: no variable names one: to type Chinese"),
        ({"QT_IM_MODULE": "fcitx"}, "note     input method: QT_IM_MODULE=fcitx: nothing runs"),
        ({"QT_IM_MODULES": "compose"}, "note     input method: QT_IM_MODULES=compose: only ibus"),
        ({"WAYLAND_DISPLAY": "w"}, "ok       input method: no variable names one: the Wayland"),
    ],
)
def test_doctor_tells_how_chinese_is_typed(
    variables: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ("QT_IM_MODULES", "QT_IM_MODULE", "GTK_IM_MODULE", "XMODIFIERS")
    for name in (*names, "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    address = tmp_path / "address"
    monkeypatch.setenv("IBUS_ADDRESS_FILE", str(address))

    def line() -> str:
        main(["doctor"])
        [found] = [one for one in capsys.readouterr().out.splitlines() if "input method" in one]
        return found

    assert line().startswith(said)
    address.write_text(f"IBUS_ADDRESS=unix:path=/x\nIBUS_DAEMON_PID={os.getpid()}\n")
    if "fcitx" in said:
        assert line().startswith("ok       input method: QT_IM_MODULE=fcitx: it runs")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these always have a screen")
def test_doctor_says_nothing_of_typing_where_there_is_no_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    main(["doctor"])
    assert "input method" not in capsys.readouterr().out


def test_doctor_asks_every_model_of_the_settings(
    provider: ScriptedProvider,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("ARBORIS_BASE_URL")
    monkeypatch.delenv("ARBORIS_MODEL", raising=False)
    with ScriptedProvider() as other:
        refusal = status(401, '{"error": {"message": "bad key"}}')
        other.listing, other.rule = refusal, lambda _request: refusal
        set_up(provider, other)
        assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "ok       Model 1 (scripted · 127.0.0.1) offers 1 model" in lines
    (problem,) = [line for line in lines if line.startswith("problem")]
    assert "Model 2 (scripted · 127.0.0.1): unauthorized (bad key)" in problem
