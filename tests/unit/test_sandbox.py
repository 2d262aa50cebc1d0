"""In a Flatpak the application has other names for its menu entry and its socket."""

from __future__ import annotations

from arboris_desktop.ui import sandbox

FLATPAK = {"FLATPAK_ID": "io.github.arboris.Desktop", "XDG_RUNTIME_DIR": "/run/user/1000"}


def test_elsewhere_the_names_are_plain() -> None:
    environment = {"XDG_RUNTIME_DIR": "/run/user/1000"}
    assert sandbox.desktop_file_name(environment) == "arboris-desktop"
    assert sandbox.socket_name("arboris-1", environment) == "arboris-1"


def test_a_flatpak_has_its_own_menu_entry_and_a_socket_that_its_starts_share() -> None:
    assert sandbox.desktop_file_name(FLATPAK) == "io.github.arboris.Desktop"
    shared = "/run/user/1000/app/io.github.arboris.Desktop/arboris-1"
    assert sandbox.socket_name("arboris-1", FLATPAK) == shared
