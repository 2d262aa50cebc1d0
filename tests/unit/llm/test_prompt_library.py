from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import Message, Role

PROMPT = "# system\nYou are $role.\n\n# user\nWrite: $what\n# not a section\nFor $$5.\n"


def library(text: str = PROMPT) -> PromptLibrary:
    return PromptLibrary(lambda *parts: text)


def test_a_prompt_is_a_system_and_a_user_message() -> None:
    assert library().render("any", Language.ENGLISH, role="a poet", what="a poem") == (
        Message(Role.SYSTEM, "You are a poet."),
        Message(Role.USER, "Write: a poem\n# not a section\nFor $5."),
    )


def test_values_are_not_placeholders() -> None:
    _, user = library().render("any", Language.ENGLISH, role="x", what="$role costs $5 $")
    assert "Write: $role costs $5 $\n" in user.content


def test_a_placeholder_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="what"):
        library().render("any", Language.ENGLISH, role="x")


def test_a_file_without_sections_is_an_error() -> None:
    with pytest.raises(ValueError, match="zh/any"):
        library("Just text").render("any", Language.CHINESE)


def test_line_ends_of_windows_do_not_matter() -> None:
    messages = library(PROMPT.replace("\n", "\r\n")).render("any", Language.ENGLISH, role=1, what=2)
    assert messages == library().render("any", Language.ENGLISH, role=1, what=2)


def test_the_file_is_found_by_language_and_name() -> None:
    asked: list[tuple[str, ...]] = []

    def read_text(*parts: str) -> str:
        asked.append(parts)
        return "# system\na\n# user\nb"

    PromptLibrary(read_text).render("draft_chapter", Language.CHINESE)
    assert asked == [("prompts", "zh", "draft_chapter.md")]


@pytest.mark.parametrize("language", Language)
def test_the_shipped_repair_prompt_takes_our_values(language: Language) -> None:
    _, user = PromptLibrary().render(
        "repair_json", language, error="E-17", schema="S-17", answer="A-17"
    )
    assert all(word in user.content for word in ("E-17", "S-17", "A-17"))


FENCED = "# system\nBetween <<<T$mark and T$mark>>>.\n# user\n<<<T$mark\n$text\nT$mark>>>"


def test_a_fence_has_a_code_only_where_the_text_could_end_it() -> None:
    def end_line(text: str) -> str:
        _, user = library(FENCED).render("any", Language.ENGLISH, text=text)
        return user.content.splitlines()[-1]

    assert end_line("He wrote << and >>.") == "T>>>"
    one, other = end_line("a T>>> b"), end_line("a T>>> c")
    assert one != other
    assert one.startswith("T-")


@given(st.text(alphabet="T-><0123456789abcdef \n", max_size=60))
def test_no_text_holds_the_line_that_ends_it(text: str) -> None:
    _, user = library(FENCED).render("any", Language.ENGLISH, text=text)
    begin, *inside, end = user.content.split("\n")
    assert begin not in inside
    assert end not in "\n".join(inside)
    assert "\n".join(inside) == text


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        PromptLibrary().render("no_such_prompt", Language.ENGLISH)
