"""The translations are complete and have the texts of the sources, no more and no less."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
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
"""The number of plural forms of each language."""

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


def faults_of(name: str, key: Message) -> Iterator[str]:
    """Tells what is wrong with the translation of one text."""
    message = FILES[name][key]
    translation = message.find("translation")
    if translation is None or translation.get("type") is not None:
        yield "missing, unfinished or obsolete"
        return
    if len(forms(message)) != (FORMS[name] if message.get("numerus") else 1):
        yield "not the plural forms of the language"
    for form in forms(message):
        if not form.strip():
            yield "empty"
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(key[1])):
            yield f"other placeholders: {form}"


@pytest.mark.parametrize("name", FORMS)
def test_every_text_is_translated_with_its_placeholders(name: str) -> None:
    assert len(FILES[name]) > 50
    assert [(key, fault) for key in FILES[name] for fault in faults_of(name, key)] == []


def test_chinese_keeps_the_mnemonic_and_the_ellipsis() -> None:
    """A menu's ellipsis is one character."""
    pairs = [(key[1], form) for key, message in CHINESE.items() for form in forms(message)]

    assert [pair for pair in pairs if mnemonics(pair[0]) != mnemonics(pair[1])] == []
    assert [pair for pair in pairs if pair[0].count("…") != pair[1].count("…")] == []


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
