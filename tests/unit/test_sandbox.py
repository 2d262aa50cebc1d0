"""In a Flatpak the application has other names for its menu entry and its sockets."""

from __future__ import annotations

from arboris_desktop.ui import sandbox

FLATPAK = {"FLATPAK_ID": "io.github.arboris.Desktop", "XDG_RUNTIME_DIR": "/run/user/1000"}


def test_elsewhere_the_names_are_plain() -> None:
    environment = {"XDG_RUNTIME_DIR": "/run/user/1000"}
    assert sandbox.desktop_file_name(environment) == "arboris-desktop"
    assert sandbox.runtime_folder(environment) == "/run/user/1000"
    assert sandbox.runtime_folder({}) is None


def test_a_flatpak_has_its_own_menu_entry_and_a_folder_that_its_starts_share() -> None:
    assert sandbox.desktop_file_name(FLATPAK) == "io.github.arboris.Desktop"
    shared = "/run/user/1000/app/io.github.arboris.Desktop"
    assert sandbox.runtime_folder(FLATPAK) == shared
