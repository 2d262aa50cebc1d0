"""The Chinese translation is complete and up to date."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "resources" / "translations" / "arboris_zh_CN.ts"
PACKAGE = ROOT / "arboris_desktop"
SOURCES = [*PACKAGE.glob("ui/*.py"), *PACKAGE.glob("background/*.py"), PACKAGE / "app.py"]
PLACEHOLDER = re.compile(r"\{\w+\}|%n")

Message = tuple[str, str]
"""Context and source text."""


def read(path: Path) -> dict[Message, ElementTree.Element]:
    messages = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""))
            messages[key] = message
    return messages


def words(message: ElementTree.Element) -> str:
    translation = message.find("translation")
    return "" if translation is None else "".join(translation.itertext()).strip("\n")


MESSAGES = read(COMMITTED)


@pytest.mark.parametrize("key", sorted(MESSAGES), ids=lambda key: key[1][:40])
def test_every_text_is_translated_with_its_placeholders(key: Message) -> None:
    message = MESSAGES[key]
    translation = message.find("translation")

    assert translation is not None
    assert translation.get("type") is None, "unfinished or obsolete"
    assert words(message)
    assert sorted(PLACEHOLDER.findall(words(message))) == sorted(PLACEHOLDER.findall(key[1]))


def test_the_committed_file_has_the_texts_of_the_sources(tmp_path: Path) -> None:
    lupdate = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if lupdate is None:
        pytest.skip("pyside6-lupdate is not beside this Python")
    fresh = tmp_path / "fresh.ts"
    subprocess.run(
        [lupdate, *map(str, SOURCES), "-no-obsolete", "-locations", "none", "-ts", str(fresh)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )

    assert set(read(fresh)) == set(read(COMMITTED))
