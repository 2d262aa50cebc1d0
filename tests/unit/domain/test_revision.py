"""Passages that are revised: found again, and fitted into their place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.guide import MAX_RULES, WritingGuide
from arboris_desktop.domain.revision import Passage, find_passage, fitted

TEXT = "The tide went out. Mara waited. The tide came in."


def test_a_passage_is_found_where_it_was() -> None:
    assert find_passage(TEXT, Passage(1, 0, "The tide")) == 0


def test_a_passage_that_moved_is_found_where_it_is() -> None:
    assert find_passage("At dawn. " + TEXT, Passage(1, 19, "Mara waited.")) == 28


def test_a_passage_that_changed_or_stands_twice_is_not_guessed() -> None:
    assert find_passage(TEXT, Passage(1, 5, "Mara sang.")) is None
    assert find_passage(TEXT, Passage(1, 5, "The tide")) is None
    assert find_passage(TEXT, Passage(1, 0, "")) is None


@given(before=st.text("ab \n"), old=st.text("cd", min_size=1), after=st.text("ab \n"))
def test_what_is_found_says_the_passage(before: str, old: str, after: str) -> None:
    text = before + old + after

    found = find_passage(text, Passage(1, len(before), old))

    assert found == len(before)


@given(original=st.text("ab \n"), proposal=st.text("cd \n"))
def test_a_fitted_proposal_keeps_the_space_around_the_passage(original: str, proposal: str) -> None:
    made = fitted(proposal, original)
    core = original.strip()

    if core:
        before = original[: original.index(core)]
        after = original[len(before) + len(core) :]
        assert made == before + proposal.strip() + after


def test_a_guide_is_tidied() -> None:
    guide = WritingGuide(" A ferryman. ", (" one ", " "), ("No magic.", "", "No  magic."))

    assert guide.tidied() == WritingGuide("A ferryman.", ("one",), ("No magic.",))
    many = WritingGuide(constitution=tuple(f"Rule {n}" for n in range(100)))
    assert len(many.tidied().constitution) == MAX_RULES
