"""The place of a proposal, and its fit between its neighbours."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.insertion import fitted_in, place_after

BEFORE = "The rain came. The lamp was dark."
AFTER = " Nobody spoke."


def test_the_place_is_found_also_when_the_text_was_changed_elsewhere() -> None:
    assert place_after(BEFORE + AFTER, BEFORE) == len(BEFORE)
    assert place_after(BEFORE + " Nobody said a word.", BEFORE) == len(BEFORE)
    longer = "x" * 300 + BEFORE
    assert place_after("A new beginning. " + longer + AFTER, longer) == len(longer) + 17


def test_a_place_whose_words_are_gone_is_not_guessed() -> None:
    assert place_after("The rain stayed away.", BEFORE) is None
    assert place_after("", BEFORE) is None
    assert place_after("Anything", "") == 0


def test_of_two_such_places_the_nearest_counts() -> None:
    text = "Ha. " * 10 + "x"
    assert place_after(text, "No. Ha. ") is None
    assert place_after("ab Ha. Ha. end", "zz Ha. Ha.") is None


@pytest.mark.parametrize(
    ("proposal", "before", "after", "language", "fitted"),
    [
        ("She went up.", "It was dark.", "", Language.ENGLISH, " She went up."),
        (" She went up. ", "It was dark.", "Below", Language.ENGLISH, " She went up. "),
        ("She went up.", "It was dark. ", " Below", Language.ENGLISH, "She went up."),
        ("\n\nShe went up.", "It was dark.", "\n\nBelow", Language.ENGLISH, "\n\nShe went up."),
        ("She went up.\n", "", "Below", Language.ENGLISH, "She went up.\n\n"),
        ("她上了楼。", "天黑了。", "楼下", Language.CHINESE, "她上了楼。"),
        (" \n ", "It was dark.", "", Language.ENGLISH, ""),
    ],
)
def test_a_proposal_gets_the_spaces_that_it_needs(
    proposal: str, before: str, after: str, language: Language, fitted: str
) -> None:
    assert fitted_in(proposal, before, after, language) == fitted
