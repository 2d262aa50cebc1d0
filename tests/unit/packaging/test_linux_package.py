"""Linux packages describe the application as it is."""

from __future__ import annotations

import argparse
import configparser
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

import dev
from arboris_desktop.cli import _parser
from freeze import names
from linux import appimage, files, package

_BUILT_AT = datetime(2026, 11, 24, tzinfo=UTC)


def staged(tmp_path: Path) -> Path:
    """The shared files of a package."""
    files.stage_shared_files(dev.ROOT, tmp_path / "usr", _BUILT_AT)
    return tmp_path / "usr" / "share"


def test_menu_entry_icon_and_file_type_have_their_places(tmp_path: Path) -> None:
    share = staged(tmp_path)
    menu = configparser.ConfigParser(interpolation=None)
    menu.read(share / "applications" / "arboris-desktop.desktop", encoding="utf-8")
    entry = menu["Desktop Entry"]
    assert (entry["Name"], entry["Comment"]) == (names.APPLICATION, names.SUMMARY)
    assert entry["Icon"] == "arboris-desktop"
    assert entry["Exec"].split()[0] == "arboris-desktop"
    assert "小说" in entry["comment[zh_CN]"]
    icons = share / "icons" / "hicolor"
    assert (icons / "48x48" / "apps" / "arboris-desktop.png").stat().st_size > 0
    assert (icons / "scalable" / "apps" / "arboris-desktop.svg").exists()
    assert {folder.name for folder in icons.iterdir()} >= {"16x16", "256x256", "scalable"}
    ElementTree.parse(share / "mime" / "packages" / "arboris-desktop.xml")


def test_the_metainfo_lists_the_releases_of_the_changelog(tmp_path: Path) -> None:
    metainfo = ElementTree.parse(staged(tmp_path) / "metainfo" / files.METAINFO)
    changelog = (dev.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert metainfo.findtext("id") == names.BUNDLE_IDENTIFIER
    assert metainfo.findtext("name") == names.APPLICATION
    assert metainfo.findtext("summary") == names.SUMMARY
    listed = [release.get("version") for release in metainfo.iter("release")]
    assert listed == re.findall(r"^## (\S+)", changelog, flags=re.M)


def test_a_release_without_a_date_bears_that_of_the_build() -> None:
    changelog = "# Changelog\n\n## 1.1.0 (unreleased)\n- x\n\n## 1.0.0 (2026-10-01)\n"
    found = files.releases(changelog, _BUILT_AT)
    assert '<release version="1.1.0" date="2026-11-24"/>' in found
    assert '<release version="1.0.0" date="2026-10-01"/>' in found
    with pytest.raises(ValueError, match="no release"):
        files.releases("# Changelog\n", _BUILT_AT)


def test_the_manual_names_every_command() -> None:
    manual = (files.SHARE / "arboris-desktop.1").read_text(encoding="utf-8").replace("\\", "")
    (commands,) = (
        a for a in _parser(["--help"])._actions if isinstance(a, argparse._SubParsersAction)
    )
    described = set(re.findall(r'^\.BI? "?([a-z]+)', manual.split(".SH COMMANDS")[1], flags=re.M))
    assert set(commands.choices) <= described


def test_the_package_depends_on_what_qt_needs() -> None:
    depends = package.dependencies(dev.ROOT).split(", ")
    assert set(dev.apt_packages("qt")) < set(depends)
    assert any(entry.startswith("libc6 (>=") for entry in depends)


@pytest.fixture
def source(tmp_path: Path) -> package.Source:
    """A stand-in for the frozen folder: it says what it was called with."""
    program = tmp_path / "frozen" / "arboris-desktop"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$0" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return package.Source(dev.ROOT, program.parent, "1.2.0", _BUILT_AT)


def test_an_appimage_starts_the_program_from_wherever_it_lies(
    source: package.Source, tmp_path: Path
) -> None:
    folder = appimage.stage(source, tmp_path / "作家 AppDir")
    command = [str(folder / "AppRun"), "status", "--json"]
    started = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    assert started.stdout == f"{folder}/usr/lib/arboris-desktop/arboris-desktop status --json\n"
    assert (folder / "arboris-desktop.desktop").exists()
    assert (folder / ".DirIcon").resolve().read_bytes()[:4] == b"\x89PNG"


@pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="mksquashfs is not installed")
def test_an_appimage_is_a_runtime_with_the_same_file_system_each_time(
    source: package.Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"\x7fELF and what mounts the rest")
    monkeypatch.setenv(appimage.RUNTIME_VARIABLE, str(runtime))
    assert appimage.tool() == "mksquashfs"
    made = []
    for name in ("one", "another"):
        (tmp_path / name).mkdir()
        made.append(appimage.make(source, tmp_path / name))
        # The second is staged of younger files.
        os.utime(source.frozen / "arboris-desktop", (2e9, 2e9))
        assert list((tmp_path / name).iterdir()) == [made[-1]]
    assert made[0].name == f"arboris-desktop-1.2.0-{os.uname().machine}.AppImage"
    assert os.access(made[0], os.X_OK)
    content = made[0].read_bytes()
    assert content.startswith(runtime.read_bytes() + b"hsqs")
    assert content == made[1].read_bytes()


@pytest.mark.parametrize(
    ("version", "debian"),
    [("1.2.0", "1.2.0"), ("1.2.0rc1", "1.2.0~rc1"), ("1.2.0b2", "1.2.0~b2"), ("2.0a1", "2.0~a1")],
)
def test_a_trial_version_sorts_before_its_release(version: str, debian: str) -> None:
    assert package.debian_version(version) == debian
