"""The measure itself: who knows everything scores full, who invents gets nothing in."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.quotations import locate
from tests.quality.labelled import labelled_novel
from tests.quality.measure import measure
from tests.quality.scoring import FOUND_STEPS


@pytest.mark.parametrize("language", Language)
def test_every_label_is_proved_by_its_chapter(language: Language) -> None:
    chapters = labelled_novel(language)

    assert len(chapters) == 6
    for chapter in chapters:
        for fact in chapter.facts:
            assert all(locate(quotation, chapter.text) for quotation in fact.quotations), fact


@pytest.mark.parametrize("language", Language)
def test_a_perfect_model_is_merged_whole(language: Language) -> None:
    _, scores, failed = measure("perfect", language)

    assert failed == []
    figures = {step: (total.precision, total.recall) for step, total in scores.items()}
    assert figures == dict.fromkeys(FOUND_STEPS, (1.0, 1.0))


@pytest.mark.parametrize("language", Language)
def test_no_invention_of_a_hallucinating_model_counts(language: Language) -> None:
    _, scores, failed = measure("hallucinating", language)

    assert failed == []
    assert [total.accepted for total in scores.values()] == [0, 0, 0, 0]
    assert all(total.apart > 0 for total in scores.values())
