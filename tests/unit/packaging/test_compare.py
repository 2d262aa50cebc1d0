"""Differences between two builds are found and named."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from PyInstaller.archive import writers

from release import compare


@pytest.fixture
def trees(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds that are the same."""
    left = tmp_path / "left"
    (left / "_internal" / "作家").mkdir(parents=True)
    (left / "arboris-desktop").write_bytes(b"program")
    (left / "_internal" / "作家" / "a.txt").write_text("words", encoding="utf-8")
    (left / "_internal" / "libz.so").symlink_to("libz.so.1")
    _zip(left / "_internal" / "base_library.zip", {"os.pyc": b"one", "re.pyc": b"two"})
    right = tmp_path / "right"
    shutil.copytree(left, right, symlinks=True)
    return left, right


def _zip(path: Path, members: dict[str, bytes], year: int = 1980) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), content)


def found(trees: tuple[Path, Path]) -> list[str]:
    return list(compare.differences(*trees))


def test_the_same_build_has_no_difference(
    trees: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(trees) == []
    assert compare.main([str(tree) for tree in trees]) == 0
    assert "the same" in capsys.readouterr().out


def test_every_difference_is_named(trees: tuple[Path, Path]) -> None:
    left, right = trees
    (left / "only.txt").touch()
    (right / "other.txt").touch()
    (right / "arboris-desktop").chmod(0o700)
    (left / "arboris-desktop").chmod(0o755)
    (right / "_internal" / "作家" / "a.txt").write_text("wards!", encoding="utf-8")
    (right / "_internal" / "libz.so").unlink()
    (right / "_internal" / "libz.so").symlink_to("libz.so.2")
    assert found(trees) == [
        "_internal/libz.so: leads to libz.so.1 against libz.so.2",
        "_internal/作家/a.txt: 5 against 6 bytes, other from byte 1",
        "arboris-desktop: mode 755 against 700",
        "only.txt: only on the left",
        "other.txt: only on the right",
    ]


def test_a_file_in_the_place_of_a_link_is_noticed(trees: tuple[Path, Path]) -> None:
    link = trees[1] / "_internal" / "libz.so"
    link.unlink()
    link.write_bytes(b"a library")
    assert found(trees) == ["_internal/libz.so: a link against a file"]


def test_archives_are_looked_into(trees: tuple[Path, Path]) -> None:
    archive = trees[1] / "_internal" / "base_library.zip"
    _zip(archive, {"os.pyc": b"one", "re.pyc": b"2!!"})
    assert found(trees) == [
        "_internal/base_library.zip!/re.pyc: 3 against 3 bytes, other from byte 0"
    ]


def test_the_same_content_packed_differently_is_a_difference(trees: tuple[Path, Path]) -> None:
    archive = trees[1] / "_internal" / "base_library.zip"
    _zip(archive, {"os.pyc": b"one", "re.pyc": b"two"}, year=1990)
    (line,) = found(trees)
    assert line.startswith("_internal/base_library.zip: ")
    assert "bytes, other from byte" in line


def test_wrong_use_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main([str(tmp_path)]) == 2
    assert compare.main([str(tmp_path), str(tmp_path / "missing")]) == 2
    assert "usage" in capsys.readouterr().err


def test_programs_of_pyinstaller_are_looked_into(tmp_path: Path) -> None:
    left, right = tmp_path / "left", tmp_path / "right"
    for program, content in ((left, "one"), (right, "two")):
        source = program.with_suffix(".txt")
        source.write_text(content, encoding="utf-8")
        entries = [("data/words.txt", str(source), True, "x")]
        writers.CArchiveWriter(str(program), entries, "libpython3.so")
    assert list(compare.differences(left, right, "arboris-desktop")) == [
        "arboris-desktop!/data/words.txt: 3 against 3 bytes, other from byte 0"
    ]
