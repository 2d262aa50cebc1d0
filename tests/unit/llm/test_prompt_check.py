"""Faults of a prompt that the author changed are found before it is used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.prompt_check import ProblemKind, PromptProblem, check_prompt
from arboris_desktop.llm.prompts import PromptLibrary, parse_prompt, prompt_names

OURS = "# system\nYou are $role.\n# user\n<<<T$mark\n$what\nT$mark>>>\n"


@pytest.mark.parametrize("language", Language)
def test_nothing_is_wrong_with_ours(language: Language) -> None:
    names = prompt_names()
    assert "draft_chapter" in names
    for name in names:
        text = PromptLibrary().our_text(name, language)
        assert check_prompt(text, text) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Just words.", [PromptProblem(ProblemKind.NO_SECTIONS)]),
        ("# user\na\n# system\nb", [PromptProblem(ProblemKind.NO_SECTIONS)]),
        ("# system\n \n# user\nb", [PromptProblem(ProblemKind.EMPTY_SECTION)]),
        (OURS + "It costs $5.", [PromptProblem(ProblemKind.LONE_DOLLAR)]),
        (OURS + "It costs $$5.", []),
        (OURS + "$whom ${role}", [PromptProblem(ProblemKind.UNKNOWN_PLACEHOLDER, "whom")]),
        (
            OURS.replace("$role", "he"),
            [PromptProblem(ProblemKind.MISSING_PLACEHOLDER, "role")],
        ),
        (OURS.replace("T$mark>>>", "T>>>"), [PromptProblem(ProblemKind.MISSING_FENCE)]),
        (
            "# system\n$a $b\n# user\n$role",
            [
                PromptProblem(ProblemKind.UNKNOWN_PLACEHOLDER, "a"),
                PromptProblem(ProblemKind.UNKNOWN_PLACEHOLDER, "b"),
                PromptProblem(ProblemKind.MISSING_PLACEHOLDER, "what"),
                PromptProblem(ProblemKind.MISSING_FENCE),
            ],
        ),
    ],
)
def test_problems(text: str, problems: list[PromptProblem]) -> None:
    assert check_prompt(text, OURS) == problems


@given(st.text(alphabet="$ {}abrolewhtmk\n", max_size=40), st.text(max_size=30))
def test_what_passes_can_be_sent(system: str, user: str) -> None:
    text = f"# system\n{system}\n# user\n{user}"
    if any(not problem.is_warning for problem in check_prompt(text, OURS)):
        return
    library = PromptLibrary(lambda *_parts: text)
    values = dict.fromkeys(parse_prompt(OURS).placeholders(), "x")

    assert len(library.render("any", Language.ENGLISH, **values)) == 2
