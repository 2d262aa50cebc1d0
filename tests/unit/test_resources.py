"""The content of resources/ is complete, well-formed and found wherever the program is
installed."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import string
import struct
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest

from arboris_desktop import resources
from arboris_desktop.resources import read_text, resource_path

LANGUAGES = ("en", "zh")

_CHAPTER_REQUEST = frozenset(
    {
        "title",
        "premise",
        "style",
        "chapter_number",
        "chapter_title",
        "chapter_summary",
        "context",
        "target_words",
        "wishes",
    }
)
_CHAPTER = frozenset({"chapter_title", "chapter_text", "mark"})
_REVIEW = frozenset({"chapter_number", "chapter_title", "chapter_text", "mark"})
_PLANNING = frozenset({"book", "outline", "instruction", "mark"})
_CONCEPT = frozenset({"premise", "settled", "open_topics", "skipped_topics", "conversation"})
_BLUEPRINT = frozenset({"idea", "brief", "blueprint"})
_CHANGED_FIELD = _BLUEPRINT | {"field", "present", "instruction"}
PLACEHOLDERS: dict[str, frozenset[str]] = {
    "concept_dialogue": _CONCEPT,
    "concept_brief": _CONCEPT,
    "blueprint_basics": _BLUEPRINT,
    "blueprint_synopsis": _BLUEPRINT,
    "blueprint_world": _BLUEPRINT,
    "blueprint_characters": _BLUEPRINT,
    "blueprint_relationships": _BLUEPRINT,
    "blueprint_field": _BLUEPRINT | {"field", "form"},
    "regenerate_blueprint_text": _CHANGED_FIELD,
    "regenerate_blueprint_list": _CHANGED_FIELD | {"form"},
    "draft_chapter": _CHAPTER_REQUEST,
    "continue_chapter": _CHAPTER_REQUEST | {"draft_end"},
    "continue_from_cursor": _CHAPTER_REQUEST | {"before", "after", "mark"},
    "evaluate_candidates": (_CHAPTER_REQUEST - {"context", "wishes"})
    | {"blueprint", "summaries", "letters", "code", "candidates"},
    "choose_candidate": frozenset(
        {"title", "chapter_number", "chapter_title", "chapter_summary", "letters", "first", "code"}
        | {"candidates"}
    ),
    "summarise_chapter": _CHAPTER,
    "character_tracking": _CHAPTER | {"known_characters"},
    "new_characters": _CHAPTER | {"known_characters"},
    "world_expansion": _CHAPTER | {"known_world"},
    "foreshadowing": _CHAPTER | {"open_foreshadowing"},
    "analyse_chapter": _CHAPTER | {"known_characters", "known_world", "open_foreshadowing"},
    "review_chapter": _REVIEW | {"title", "style", "rules", "earlier", "plan"},
    "simulate_reader": _REVIEW | {"title", "reader", "earlier"},
    "check_constitution": _REVIEW | {"rules"},
    "measure_emotion": _REVIEW,
    "revise_passage": frozenset(
        {"title", "style", "guide", "before", "passage", "after", "task", "instruction", "mark"}
    ),
    "plan_volumes": _PLANNING | {"count", "total"},
    "plan_chapters": _PLANNING | {"numbers", "count", "total"},
    "plan_one_chapter": _PLANNING - {"mark"} | {"numbers", "total"},
    "split_chapter_plan": _PLANNING | {"chapter"},
    "summarise_story": frozenset({"title", "scope", "summaries", "target_words", "mark"}),
    "repair_json": frozenset({"error", "schema", "answer", "mark"}),
}
ANALYSIS_KEYS = {
    "character_tracking": {
        "changes": {"character", "change", "reason", "quotation", "confidence"}
        | {"attribute", "value", "other_character"},
    },
    "new_characters": {
        "characters": {"name", "aliases", "role", "description", "quotation", "confidence"},
    },
    "world_expansion": {
        "entries": {"category", "name", "description", "quotation", "confidence"},
    },
    "foreshadowing": {
        "seeds": {"content", "kind", "quotation", "confidence"},
        "developments": {"seed", "effect", "statement", "quotation", "confidence"},
    },
}
ENUM_VALUES = {
    "new_characters": ("main", "supporting", "minor"),
    "world_expansion": ("location", "faction", "item", "rule"),
    "foreshadowing": ("mystery", "prophecy", "hint", "advanced", "paid_off"),
}
ICONS = {
    "app",
    "bell",
    "bell-unread",
    "book",
    "cancel",
    "chapter-analysed",
    "chapter-analysing",
    "chapter-failed",
    "chapter-planned",
    "chapter-writing",
    "chapter-written",
    "character",
    "check",
    "close",
    "codex",
    "comment",
    "coins",
    "down",
    "edit",
    "back",
    "export",
    "forward",
    "foreshadowing",
    "history",
    "import",
    "info",
    "merge",
    "new",
    "note",
    "filter",
    "status-idea",
    "status-draft",
    "status-revise",
    "status-check",
    "status-done",
    "panes",
    "pause",
    "provider",
    "resume",
    "retry",
    "search",
    "settings",
    "sidebar",
    "split",
    "stop",
    "task",
    "trash",
    "tray",
    "tray-attention",
    "tray-paused",
    "up",
    "volume",
    "warning",
    "world",
    "write",
}
COLOURED = {"app", "tray", "tray-paused", "tray-attention"}
_SVG = "{http://www.w3.org/2000/svg}"

per_language = pytest.mark.parametrize("language", LANGUAGES)
per_prompt = pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
per_analysis = pytest.mark.parametrize("name", sorted(ANALYSIS_KEYS))
per_icon = pytest.mark.parametrize("name", sorted(ICONS))


def sections(language: str, name: str) -> dict[str, str]:
    parts = re.split(r"^# (.*)\n", read_text("prompts", language, f"{name}.md"), flags=re.MULTILINE)
    assert parts[0] == ""
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# Finding the files


def test_finds_a_file_and_a_folder_in_the_checkout() -> None:
    assert resource_path("icons", "app.svg").is_file()
    assert resource_path("icons").is_dir()


def test_a_missing_file_is_named_relative_to_the_folder() -> None:
    with pytest.raises(FileNotFoundError, match="no such resource") as caught:
        resource_path("icons", "no-such-icon.svg")
    assert caught.value.filename == "icons/no-such-icon.svg"


@pytest.mark.parametrize(
    "parts",
    [
        ("..", "pyproject.toml"),
        ("icons", "..", "..", "pyproject.toml"),
        ("../pyproject.toml",),
        (str(Path(__file__).resolve()),),
    ],
)
def test_refuses_names_that_leave_the_folder(parts: tuple[str, ...]) -> None:
    assert resource_path().joinpath(*parts).exists(), "the test must ask for something that exists"
    with pytest.raises(FileNotFoundError):
        read_text(*parts)


def test_a_frozen_program_reads_from_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "note.txt").write_text("来自安装包", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert read_text("note.txt") == "来自安装包"


def test_an_installed_package_reads_its_own_copy(tmp_path: Path) -> None:
    installed = load_copy_of_module(tmp_path / "arboris_desktop")
    (tmp_path / "arboris_desktop" / "_resources").mkdir()
    (tmp_path / "arboris_desktop" / "_resources" / "note.txt").write_text("ours", encoding="utf-8")
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "note.txt").write_text("another project's", encoding="utf-8")
    assert installed.read_text("note.txt") == "ours"


def load_copy_of_module(package: Path) -> ModuleType:
    package.mkdir()
    copy = Path(shutil.copy(resources.__file__, package))
    spec = importlib.util.spec_from_file_location("installed_resources", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Prompts


@per_language
def test_every_prompt_is_there_and_no_other(language: str) -> None:
    assert {p.stem for p in resource_path("prompts", language).iterdir()} == set(PLACEHOLDERS)


@per_language
@per_prompt
def test_a_prompt_has_both_sections_and_its_placeholders(language: str, name: str) -> None:
    found = sections(language, name)
    assert list(found) == ["system", "user"]
    assert all(text.strip() for text in found.values())
    template = string.Template("".join(found.values()))
    assert template.is_valid()
    assert set(template.get_identifiers()) == PLACEHOLDERS[name]


@per_language
@per_analysis
def test_an_analysis_prompt_shows_the_form_of_its_answer(language: str, name: str) -> None:
    lists = ANALYSIS_KEYS[name]
    found = sections(language, name)
    for key, fields in lists.items():
        form = re.search(rf'"{key}": \[\{{(.+?)\}}\]', found["user"])
        assert form is not None
        shown = re.findall(r'"(\w+)": \.\.\.', form[1])
        assert set(shown) == fields
        assert shown[0] == "quotation", "quoting first ties what is said to the text"
    assert "{" + ", ".join(f'"{key}": []' for key in lists) + "}" in found["user"]
    whole = "{" + ", ".join(f'"{key}": [...]' for key in lists) + "}"
    assert found["user"].strip().endswith(whole)
    for value in ENUM_VALUES.get(name, ()):
        assert f'"{value}"' in found["user"]


@per_language
def test_the_questions_about_a_chapter_begin_alike(language: str) -> None:
    """A provider need not read for the others what it has read of one."""
    names = [*sorted(ANALYSIS_KEYS), "summarise_chapter", "analyse_chapter"]
    prompts = [sections(language, name) for name in names]
    leads = {(each["system"], each["user"].partition("$mark>>>")[0]) for each in prompts}
    assert len(leads) == 1
    assert "$chapter_text" in leads.pop()[1]


@per_language
@pytest.mark.parametrize("name", [*sorted(ANALYSIS_KEYS), "summarise_chapter", "analyse_chapter"])
def test_the_chapter_is_fenced_and_the_model_knows_the_fence(language: str, name: str) -> None:
    found = sections(language, name)
    fence = re.search(
        r"^<<<(\w+)\$mark\n\$chapter_text\n\1\$mark>>>$", found["user"], flags=re.MULTILINE
    )
    assert fence is not None
    assert all(line in found["system"] for line in (f"<<<{fence[1]}$mark", f"{fence[1]}$mark>>>"))


@per_language
def test_a_continuation_prompt_ends_where_the_draft_ends(language: str) -> None:
    assert sections(language, "continue_chapter")["user"].endswith("\n\n$draft_end\n")


# Sample novels


@per_language
def test_the_sample_novel_has_its_shape(language: str) -> None:
    novel: dict[str, Any] = json.loads(read_text("samples", f"sample.{language}.json"))
    assert list(novel) == ["title", "language", "premise", "style", "volumes"]
    assert novel["language"] == language
    assert all(novel[key].strip() for key in ("title", "premise", "style"))
    assert len(novel["volumes"]) == 2
    chapters = [chapter for volume in novel["volumes"] for chapter in volume["chapters"]]
    assert len(chapters) == 6
    assert all(volume["title"].strip() for volume in novel["volumes"])
    assert all(c["title"].strip() and c["summary"].strip() for c in chapters)
    assert [number for number, c in enumerate(chapters, 1) if "text" in c] == [1]


def test_the_first_chapters_are_of_a_good_length() -> None:
    english, chinese = (first_chapter(language) for language in LANGUAGES)
    assert 900 <= len(english.split()) <= 1400
    assert 1200 <= len(re.findall(r"[\u4e00-\u9fff]", chinese)) <= 1800


@per_language
def test_the_first_chapter_is_clean_plain_text(language: str) -> None:
    text = first_chapter(language)
    assert text == text.strip()
    assert not re.search(r"[*_#\t]| $|\n{3}", text, flags=re.MULTILINE)


def first_chapter(language: str) -> str:
    novel = json.loads(read_text("samples", f"sample.{language}.json"))
    text: str = novel["volumes"][0]["chapters"][0]["text"]
    return text


# Icons


def test_every_icon_is_there_and_no_other() -> None:
    assert {path.stem for path in resource_path("icons").glob("*.svg")} == ICONS


@per_icon
def test_an_icon_is_safe_and_self_contained(name: str) -> None:
    source = read_text("icons", f"{name}.svg")
    assert "<!" not in source, "no document type, no entities"
    root = ElementTree.fromstring(source)
    assert {element.tag.removeprefix(_SVG) for element in root.iter()} <= {
        "svg",
        "g",
        "path",
        "circle",
        "rect",
    }
    attributes = [item for element in root.iter() for item in element.attrib.items()]
    for key, value in attributes:
        assert not key.lower().startswith("on")
        assert "href" not in key.lower()
        assert "url(" not in value


@pytest.mark.parametrize("name", sorted(ICONS - COLOURED))
def test_a_plain_icon_takes_the_colour_of_its_theme(name: str) -> None:
    root = ElementTree.fromstring(read_text("icons", f"{name}.svg"))
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    assert root.get("stroke-width") == "1.75"
    assert root.get("stroke-linejoin") == "round"
    paints = {
        element.get(key)
        for element in root.iter()
        for key in ("fill", "stroke")
        if key in element.attrib
    }
    assert paints <= {"none", "currentColor"}


def test_no_two_icons_have_the_same_shape() -> None:
    shapes: dict[str, str] = {}
    for name in sorted(ICONS):
        root = ElementTree.fromstring(read_text("icons", f"{name}.svg"))
        shape = " ".join(str(sorted(element.attrib.items())) for element in root[:])
        assert shape not in shapes, f"{name} is drawn like {shapes.get(shape)}"
        shapes[shape] = name


def test_the_packaging_icon_is_a_small_png_of_256_pixels() -> None:
    data = resource_path("icons", "app.png").read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (256, 256)
    assert len(data) < 20_000
