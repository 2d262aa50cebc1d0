"""The world of a blueprint in the shapes that books really have it in."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.blueprint import BlueprintField, Place
from arboris_desktop.storage.planning.world_setting import change_world, read_world

CAPE = Place("The cape", "rock")
QUAY = Place("旧码头", "雾里的码头")


@pytest.mark.parametrize(
    ("stored", "places"),
    [
        ([{"name": "The cape", "description": "rock"}], (CAPE,)),
        ({"name": "The cape", "description": "rock"}, (CAPE,)),
        ({"The cape": "rock", "旧码头": "雾里的码头"}, (CAPE, QUAY)),
        ({"The cape": {"description": "rock"}}, (CAPE,)),
        ({"The cape": {"kind": "rock"}}, (CAPE,)),
        ({"The cape": ["rock"]}, (CAPE,)),
        ([{"The cape": "rock"}, {"旧码头": "雾里的码头"}], (CAPE, QUAY)),
        ([{"地点": "旧码头", "描述": "雾里的码头"}], (QUAY,)),
        ({"coast": [{"name": "The cape", "description": "rock"}]}, (CAPE,)),
        (["The cape: rock", "旧码头：雾里的码头"], (CAPE, QUAY)),
        ("The cape: rock\n旧码头：雾里的码头", (CAPE, QUAY)),
        (["The cape", None], (Place("The cape"),)),
        ([{"name": "The cape", "type": "headland", "description": "rock"}],
         (Place("The cape", "headland; rock"),)),
        ([{"name": None, "description": "rock"}], (Place("", "rock"),)),
        (None, ()),
        (17, ()),
    ],
)  # fmt: skip
def test_places_are_read_in_every_shape(stored: object, places: tuple[Place, ...]) -> None:
    world = read_world({"key_locations": stored, "factions": stored})

    assert (world.locations, world.factions, world.others) == (places, places, ())


@pytest.mark.parametrize(
    ("stored", "rules"),
    [
        ("No magic.\n\nNo gods.", "No magic.\n\nNo gods."),
        (["No magic.", "No gods."], "No magic.\nNo gods."),
        ({"magic": "It costs blood.", "gods": ["none"]}, "It costs blood.\nnone"),
        (None, ""),
    ],
)
def test_rules_are_read_in_every_shape(stored: object, rules: str) -> None:
    assert read_world({"core_rules": stored}).rules == rules


@pytest.mark.parametrize("stored", ["The sea is gone.", ["The sea is gone."]])
def test_a_world_that_is_no_object_is_told_and_kept(stored: object) -> None:
    assert read_world(stored).others == ("The sea is gone.",)

    changed = read_world(change_world(stored, BlueprintField.RULES, "No magic."))

    assert (changed.rules, changed.others) == ("No magic.", ("The sea is gone.",))


def test_what_an_author_typed_of_a_place_comes_back_as_it_was() -> None:
    typed = [{"name": "The cape", "description": "Rock.\n\nWind: always. "}]

    assert read_world({"key_locations": typed}).locations == (
        Place("The cape", "Rock.\n\nWind: always. "),
    )
