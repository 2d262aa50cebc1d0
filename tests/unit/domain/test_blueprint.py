"""The blueprint's rules, and its lines of text."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.blueprint import (
    Blueprint,
    BlueprintCharacter,
    BlueprintField,
    BlueprintPart,
    Place,
    Relationship,
)
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.novel import Language
from arboris_desktop.text.blueprint_lines import (
    as_text,
    blueprint_text,
    items_from_lines,
    plain_field,
)

MARA = BlueprintCharacter("Mara", "keeper's daughter", goals="the truth")
TO = BlueprintCharacter("To", "harbour master")


def test_filling_leaves_what_is_there() -> None:
    blueprint = Blueprint(title="Ebb", characters=(MARA,))

    filled = blueprint.filled(
        {
            BlueprintField.TITLE: "Flood",
            BlueprintField.TONE: "quiet",
            BlueprintField.CHARACTERS: (TO,),
        }
    )

    assert filled == Blueprint(title="Ebb", tone="quiet", characters=(MARA,))


def test_parts_are_missing_in_the_order_of_their_making() -> None:
    assert Blueprint().missing_parts() == list(BlueprintPart)
    done = Blueprint("a", "b", "c", "d", "e", "f", "g", "h", (Place("Quay"),), (), (MARA, TO))
    assert done.missing_parts() == [BlueprintPart.RELATIONSHIPS]
    assert done.with_value(BlueprintField.CHARACTERS, (MARA,)).missing_parts() == []


def test_a_field_takes_only_what_belongs_in_it() -> None:
    with pytest.raises(RuleError):
        Blueprint().with_value(BlueprintField.CHARACTERS, (Place("Quay"),))
    with pytest.raises(RuleError):
        Blueprint().with_value(BlueprintField.TITLE, (Place("Quay"),))


def test_a_list_has_a_line_for_each_entry() -> None:
    assert as_text((MARA, TO), Language.ENGLISH) == (
        "Mara: keeper's daughter; wants: the truth\nTo: harbour master"
    )
    assert as_text((Relationship("阿照", "陶七", "师徒"),), Language.CHINESE) == "阿照 → 陶七：师徒"
    assert as_text((Place(), Place("Quay")), Language.ENGLISH) == "Quay"


def test_the_whole_leaves_out_the_field_that_is_made() -> None:
    blueprint = Blueprint(title="Ebb", tone="quiet", characters=(MARA, TO))

    text = blueprint_text(blueprint, Language.ENGLISH, without=BlueprintField.TONE)

    assert text == (
        "Title: Ebb\nCharacters:\nMara: keeper's daughter; wants: the truth\nTo: harbour master"
    )


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (
            BlueprintField.LOCATIONS,
            "Here they are:\n1. **The Quay**: smells of tar\n- Lamp room - cold\nnothing",
            (Place("The Quay", "smells of tar"), Place("Lamp room", "cold")),
        ),
        (
            BlueprintField.CHARACTERS,
            "Mara: a keeper's daughter\nMara: again",
            (BlueprintCharacter("Mara", "a keeper's daughter"),),
        ),
        (
            BlueprintField.RELATIONSHIPS,
            "Mara -> To: distrusts him\nMara: alone\n阿照与陶七：师徒",
            (Relationship("Mara", "To", "distrusts him"), Relationship("阿照", "陶七", "师徒")),
        ),
    ],
)
def test_lists_are_read_from_lines(
    field: BlueprintField, text: str, expected: tuple[object, ...]
) -> None:
    assert items_from_lines(field, text) == expected


@pytest.mark.parametrize(
    ("field", "text", "language", "expected"),
    [
        (BlueprintField.TITLE, '**Title:** "Ebb Tide"\nIt is good.', Language.ENGLISH, "Ebb Tide"),
        (BlueprintField.TITLE, "书名：《退潮》", Language.CHINESE, "退潮"),
        (BlueprintField.TONE, "\n\nquiet,  dark\nmore", Language.ENGLISH, "quiet, dark"),
        (BlueprintField.SYNOPSIS, "Synopsis: One.\n\nTwo.", Language.ENGLISH, "One.\n\nTwo."),
    ],
)
def test_a_field_in_words_is_cleaned_of_its_name(
    field: BlueprintField, text: str, language: Language, expected: str
) -> None:
    assert plain_field(field, text, language) == expected
