"""The desktop's own tools accept what the Linux packages bring: menu entry, file type, manual.

Each test is skipped where its tool is missing; CI installs them all (`apt-ci.txt`).
"""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

import dev
from arboris_desktop.exchange.novel_file import NOVEL_SUFFIX
from freeze import names
from linux import files, flatpak, package

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the packages are for Linux")

_BUILT_AT = datetime(2026, 11, 24, tzinfo=UTC)


def run(
    tool: str, *arguments: str | Path, within: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a tool in English; skips the test when it is not installed.

    `within` is the folder in which it may leave files.
    """
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [tool, *map(str, arguments)],
        cwd=within,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """The shared files of a package."""
    files.stage_shared_files(dev.ROOT, tmp_path / "usr", _BUILT_AT)
    return tmp_path / "usr" / "share"


def test_the_menu_entry_is_valid(share: Path) -> None:
    entry = share / "applications" / f"{names.COMMAND}.desktop"
    checked = run("desktop-file-validate", entry)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_the_metainfo_is_valid(share: Path) -> None:
    checked = run("appstreamcli", "validate", "--no-net", share / "metainfo" / files.METAINFO)
    assert checked.returncode == 0, checked.stdout


def test_a_file_of_a_novel_has_its_type_and_opens_in_the_program(share: Path) -> None:
    source = share / "mime" / "packages" / f"{names.COMMAND}.xml"
    assert run("xmllint", "--noout", "--nonet", source).stderr == ""
    assert run("update-mime-database", share / "mime").returncode == 0
    patterns = (share / "mime" / "globs2").read_text(encoding="utf-8").splitlines()
    assert f"50:{names.NOVEL_TYPE}:*{names.NOVEL_SUFFIX}" in patterns
    menu = configparser.ConfigParser(interpolation=None)
    menu.read(share / "applications" / f"{names.COMMAND}.desktop", encoding="utf-8")
    entry = menu["Desktop Entry"]
    assert entry["MimeType"] == f"{names.NOVEL_TYPE};"
    assert entry["Exec"] == f"{names.COMMAND} %f"


def test_the_file_that_is_exported_is_the_one_that_the_packages_announce() -> None:
    assert names.NOVEL_SUFFIX == NOVEL_SUFFIX


def test_the_metainfo_offers_the_program_for_that_type(share: Path) -> None:
    metainfo = ElementTree.parse(share / "metainfo" / files.METAINFO)
    assert [element.text for element in metainfo.iter("mediatype")] == [names.NOVEL_TYPE]


def test_the_manual_is_set_without_a_warning(share: Path) -> None:
    manual = share / "man" / "man1" / f"{names.COMMAND}.1"
    shown = run("man", "--warnings", "--local-file", "-Tutf8", manual)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert names.COMMAND in shown.stdout


def test_the_debian_package_is_as_debian_wants_it(tmp_path: Path) -> None:
    """Over a stand-in for the frozen folder; a release checks the whole package."""
    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    shutil.copy("/bin/true", frozen / names.COMMAND)
    (frozen / "_internal" / "THIRD_PARTY.md").write_text("# What is inside\n", encoding="utf-8")
    source = package.Source(dev.ROOT, frozen, "1.2.0rc1", _BUILT_AT)
    made = package.make_deb(source, tmp_path)
    assert made.name.startswith("arboris-desktop_1.2.0~rc1_")
    # Debian's own /bin/true is not ours to answer for.
    checked = run("lintian", "--allow-root", "--fail-on", "error", made)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_flatpak_packs_the_archive_of_the_build(tmp_path: Path) -> None:
    manifest = flatpak.write(tmp_path / "arboris-desktop-1.2.0-linux-x86_64.tar.zst")
    assert "@" not in manifest.read_text(encoding="utf-8")
    shown = run("flatpak-builder", "--show-manifest", manifest, within=tmp_path)
    # It only warns of a property that it does not know, and would leave it out.
    assert (shown.returncode, shown.stderr) == (0, "")
    read = json.loads(shown.stdout)
    assert (read["id"], read["command"]) == (names.BUNDLE_IDENTIFIER, names.COMMAND)
    (module,) = read["modules"]
    assert module["sources"] == [
        {"type": "archive", "path": "arboris-desktop-1.2.0-linux-x86_64.tar.zst"}
    ]
