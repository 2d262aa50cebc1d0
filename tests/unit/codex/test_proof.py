"""Quotations that prove something, and those that do not: a name, a title, a number, "he said"."""

from __future__ import annotations

import pytest

from arboris_desktop.codex.proof import proves_enough
from arboris_desktop.domain.novel import Language
from tests.quality.labelled import labelled_novel

NAMES = ("Mara", "Ida Marsh", "Captain Hale", "Jean-Luc", "Harrow Market", "O'Brien", "Rain")
HAN = ("沈渡生", "陆离", "陆先生", "青石渡", "诸葛亮", "孔明", "阿萤", "哈利·波特", "林黛玉")


@pytest.mark.parametrize(
    "quotation",
    [
        "Mara",
        "Mara.",
        "“Mara!”",
        "Mara, Mara",
        "MARA",
        "mara",
        "Mara's",
        "Ida",
        "Ida Marsh",
        "Miss Marsh",
        "Mrs. Ida Marsh",
        "Captain Hale",
        "Jean-Luc",
        "O’Brien",
        "Harrow Market",
        "harrow market",
        "Mara and Ida",
        "the",
        "of the",
        "in the",
        "he said",
        "he said to her",
        "“Yes,” she said.",
        "said Mara",
        "Mara said",
        "It was",
        "There was not",
        "1987",
        "12 34",
        "3.14",
        "...",
        "“…”",
        "!?",
        "🙂🙂🙂🙂",
        "",
        "Berthe Oller",
        "Sir William Lucas",
        "Ｍａｒａ",
        "沈渡生",
        "“渡生！”",
        "沈姑娘",
        "老沈",
        "陆离、沈渡生",
        "諸葛亮",
        "诸葛亮，孔明",
        "阿萤说",
        "沈渡生说",
        "他说道",
        "他对她说道",
        "的的的的",
        "一个",
        "死了",
        "青石渡",
        "1987年",
        "哈利·波特",
        "波特",
        "Mara说",
        "，。！？",
    ],
)
def test_too_little(quotation: str) -> None:
    assert not proves_enough(quotation, (*NAMES, *HAN))


@pytest.mark.parametrize(
    "quotation",
    [
        "Mara died at dawn",
        "She died.",
        "He was dead",
        "She was 34.",
        "Mara was dead before noon.",
        "Ida did not look at her.",
        "took out the brass compass",
        "Captain Hale drowned himself",
        "said Mara, weeping",
        "Rain fell on Harrow Market all night",
        "Dead men tell no tales",
        "“I never left,” said Ida.",
        "hid a letter in the bell",
        "Она умерла утром",
        "沈渡生第一次动了离开的念头",
        "他今年十九岁",
        "左眉旧疤",
        "林黛玉死在了夜里",
        "写信的人还活着",
        "Mara 死在船上了",
        "她 died at 船",
    ],
)
def test_enough(quotation: str) -> None:
    assert proves_enough(quotation, (*NAMES, *HAN))


def test_names_that_are_not_known_are_told_by_their_capitals() -> None:
    assert not proves_enough("Berthe Oller")
    assert not proves_enough("to Berthe Oller")
    assert proves_enough("The keeper, a broad woman called Berthe Oller")


@pytest.mark.parametrize("language", Language)
def test_what_a_careful_reader_quotes_is_enough(language: Language) -> None:
    for chapter in labelled_novel(language):
        names = [name for fact in chapter.facts for name in (fact.name, *fact.aliases)]
        named = [name for name in names if len(name) <= 24]
        for fact in chapter.facts:
            for quotation in fact.quotations:
                assert proves_enough(quotation, named), quotation
