"""Seeds that earlier chapters planted, and their development in a later one."""

from __future__ import annotations

import pytest

from arboris_desktop.analysis.evidence import Evidence
from arboris_desktop.analysis.foreshadowing import Seeds
from arboris_desktop.domain.codex import FactStatus, SeedEffect

TEXT = "The lamp was lit. “I lit it,” said Tobias, and put the matches on the table."


def answer(number: int, quotation: str) -> Seeds:
    development = {
        "quotation": quotation,
        "seed": number,
        "effect": "paid_off",
        "statement": "Tobias confesses.",
        "confidence": 0.9,
    }
    return Seeds.model_validate({"seeds": [], "developments": [development]})


def evidence() -> Evidence:
    return Evidence(TEXT, 0.7, {}, {7: "Who lit the lamp?"})


def test_a_development_belongs_to_the_seed_that_was_listed() -> None:
    (fact,) = answer(7, "“I lit it,” said Tobias").facts(evidence())

    assert (fact.entry_id, fact.entry_name) == (7, "Who lit the lamp?")
    assert (fact.effect, fact.status) == (SeedEffect.PAID_OFF, FactStatus.ACCEPTED)


@pytest.mark.parametrize(
    ("number", "quotation"), [(8, "“I lit it,” said Tobias"), (7, "“I did it,” said Mara")]
)
def test_one_with_an_invented_number_or_quotation_pays_nothing_off(
    number: int, quotation: str
) -> None:
    (fact,) = answer(number, quotation).facts(evidence())

    assert fact.status is FactStatus.UNSUPPORTED


def test_an_answer_without_developments_is_whole() -> None:
    assert Seeds.model_validate({"seeds": []}).developments == []
