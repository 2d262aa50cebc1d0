"""The translations are complete and have the texts of the sources, no more and no less."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
PACKAGE = ROOT / "arboris_desktop"
SOURCES = [
    *sorted(PACKAGE.glob("ui/**/*.py")),
    *sorted(PACKAGE.glob("background/**/*.py")),
    PACKAGE / "app.py",
]
PLACEHOLDER = re.compile(r"\{\w*\}|%n|%L?\d")
MNEMONIC = re.compile(r"&(\w)")
FORMS = {"arboris_zh_CN": 1, "arboris_en": 2}
"""How many plural forms each language has."""

Message = tuple[str, str, str]
"""Context, source text, and the comment that tells equal texts apart."""


def read(path: Path) -> dict[Message, ElementTree.Element]:
    return {
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("comment", ""),
        ): message
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def forms(message: ElementTree.Element) -> list[str]:
    """Every form of the translation; a text without plurals has one."""
    translation = message.find("translation")
    assert translation is not None
    if message.get("numerus"):
        return [form.text or "" for form in translation.iter("numerusform")]
    return [translation.text or ""]


def mnemonics(text: str) -> list[str]:
    return [letter.upper() for letter in MNEMONIC.findall(text)]


FILES = {name: read(FOLDER / f"{name}.ts") for name in FORMS}
CHINESE = FILES["arboris_zh_CN"]
MESSAGES = [
    pytest.param(name, key, id=f"{name}-{key[0]}-{key[1][:40]}")
    for name in FORMS
    for key in sorted(FILES[name])
]


@pytest.mark.parametrize(("name", "key"), MESSAGES)
def test_every_text_is_translated_with_its_placeholders(name: str, key: Message) -> None:
    message = FILES[name][key]
    translation = message.find("translation")

    assert translation is not None
    assert translation.get("type") is None, "unfinished or obsolete"
    assert len(forms(message)) == (FORMS[name] if message.get("numerus") else 1)
    for form in forms(message):
        assert form.strip()
        assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(key[1]))


@pytest.mark.parametrize("key", sorted(CHINESE), ids=lambda key: f"{key[0]}-{key[1][:40]}")
def test_chinese_keeps_the_mnemonic_and_the_ellipsis(key: Message) -> None:
    for form in forms(CHINESE[key]):
        assert mnemonics(form) == mnemonics(key[1])
        assert form.count("…") == key[1].count("…"), "a menu's ellipsis is one character"


@pytest.mark.parametrize(
    ("name", "options"), [("arboris_zh_CN", []), ("arboris_en", ["-pluralonly"])]
)
def test_the_committed_file_has_the_texts_of_the_sources(
    tmp_path: Path, name: str, options: list[str]
) -> None:
    lupdate = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if lupdate is None:
        pytest.skip("pyside6-lupdate is not beside this Python")
    fresh = tmp_path / f"{name}.ts"
    shutil.copy(FOLDER / fresh.name, fresh)
    command = [lupdate, *map(str, SOURCES), "-no-obsolete", *options, "-ts", str(fresh)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)

    wanted, committed = set(read(fresh)), set(read(FOLDER / fresh.name))
    assert wanted - committed == set(), "bring the file up to date with lupdate"
    assert committed - wanted == set(), "no longer in the sources"
