"""The input method is found in the variables that desktops set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arboris_desktop.background import input_method

IM_CONFIG = {"QT_IM_MODULE": "fcitx", "GTK_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
"""The variables that Debian's im-config sets for Fcitx 5."""
BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (IM_CONFIG, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx;ibus"),
        ({"GTK_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "fcitx;ibus"),
        ({"XMODIFIERS": "@im=fcitx5", "QT_IM_MODULE": ""}, "fcitx;ibus"),
        ({"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "xim"}, "fcitx;ibus"),
        ({"XMODIFIERS": "@im=ibus"}, "ibus"),
        ({"GTK_IM_MODULE": "ibus", "QT_IM_MODULE": "xim"}, "ibus"),
        ({"GTK_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, "fcitx;ibus"),
        (IM_CONFIG | {"QT_IM_MODULES": ""}, "fcitx;ibus"),
        (IM_CONFIG | {"WAYLAND_DISPLAY": "wayland-0"}, "wayland;fcitx;ibus"),
        (IM_CONFIG | {"XDG_SESSION_TYPE": "wayland"}, "wayland;fcitx;ibus"),
        (IM_CONFIG | {"XDG_SESSION_TYPE": "x11"}, "fcitx;ibus"),
    ],
)
def test_fcitx_is_reached_by_the_protocol_of_ibus(
    environment: dict[str, str], expected: str
) -> None:
    prepared = dict(environment)
    input_method.prepare(prepared, "linux")
    assert prepared == environment | {"QT_IM_MODULES": expected}
    assert input_method.modules(environment, "linux") == expected.split(";")


@pytest.mark.parametrize(
    ("environment", "tried"),
    [
        ({}, []),
        ({"QT_IM_MODULE": "ibus"}, ["ibus"]),
        (
            {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx", **BUS, "IBUS_USE_PORTAL": "0"},
            ["ibus"],
        ),
        ({"QT_IM_MODULE": "compose", "GTK_IM_MODULE": "fcitx"}, ["compose"]),
        ({"QT_IM_MODULE": "none", "XMODIFIERS": "@im=fcitx"}, ["none"]),
        (IM_CONFIG | {"QT_IM_MODULES": "compose"}, ["compose"]),
        (IM_CONFIG | {"QT_IM_MODULES": "fcitx"}, ["fcitx"]),
        ({"GTK_IM_MODULE": "xim", "XMODIFIERS": "@im=SCIM"}, []),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["wayland"]),
    ],
)
def test_what_the_author_chose_stays(environment: dict[str, str], tried: list[str]) -> None:
    prepared = dict(environment)
    input_method.prepare(prepared, "linux")
    assert prepared == environment
    assert input_method.modules(environment, "linux") == tried


@pytest.mark.parametrize("environment", [IM_CONFIG, {"QT_IM_MODULE": "ibus"}])
def test_without_the_program_of_ibus_the_bus_of_the_session_leads_to_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment = environment | BUS | {"PATH": os.pathsep.join(["/nowhere", "", str(tmp_path)])}
    without = dict(environment)
    input_method.prepare(without, "linux")
    assert without["IBUS_USE_PORTAL"] == "1"
    program = tmp_path / "ibus-daemon"
    program.touch(0o755)
    installed = dict(environment)
    input_method.prepare(installed, "linux")
    assert "IBUS_USE_PORTAL" not in installed


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_keep_their_own(platform: str) -> None:
    prepared = dict(IM_CONFIG)
    input_method.prepare(prepared, platform)
    assert prepared == IM_CONFIG


@pytest.mark.parametrize(
    ("environment", "ending"),
    [
        ({"DISPLAY": ":0"}, "-unix-0"),
        ({"DISPLAY": ":1.0"}, "-unix-1"),
        ({"DISPLAY": "localhost:10.0"}, "-localhost-10"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-1"}, "-unix-wayland-1"),
        ({}, "-unix-0"),
    ],
)
def test_the_address_is_where_ibus_leaves_it(environment: dict[str, str], ending: str) -> None:
    place = input_method.address_file(environment | {"XDG_CONFIG_HOME": "/c"})
    assert place.parent == Path("/c/ibus/bus")
    assert place.name.endswith(ending)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# a comment\nIBUS_ADDRESS=unix:path=/tmp/x\nIBUS_DAEMON_PID={os.getpid()}\n", True),
        ("IBUS_ADDRESS=\nIBUS_DAEMON_PID=\n", False),
        (f"IBUS_ADDRESS=\nIBUS_DAEMON_PID={os.getpid()}\n", False),
        ("IBUS_ADDRESS=unix:path=/tmp/x\nIBUS_DAEMON_PID=999999999\n", False),
        ("IBUS_ADDRESS=unix:path=/tmp/x\nIBUS_DAEMON_PID=" + "9" * 30, False),
        ("IBUS_ADDRESS=unix:path=/tmp/x\n", False),
        ("", False),
    ],
    ids=["alive", "after its end", "no address", "dead", "no number", "no process", "empty"],
)
def test_only_a_living_process_serves(tmp_path: Path, text: str, expected: bool) -> None:
    file = tmp_path / "address"
    file.write_text(text, encoding="utf-8")
    assert input_method.is_served({"IBUS_ADDRESS_FILE": str(file)}) is expected
    assert not input_method.is_served({"IBUS_ADDRESS_FILE": str(tmp_path / "absent")})
