"""Finding quotations in a chapter, copied to the letter or the way models copy."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.quotations import MIN_QUOTATION, Span, locate

ENGLISH = (
    "“Don’t go—please,” said Élise… The Café was closed.\n\n"
    "She waited, as she had waited before; the rain went on. ‘Twelve,’ he said."
)
CHINESE = (
    "　　“你来了，”张飞大喝一声：「吾乃燕人张翼德也！」\n\n"
    "　　关羽——字云长——不答……ＡＢＣ三人，遂去。"
)


def shown(span: Span | None, text: str) -> str:
    assert span is not None
    return text[span.start : span.end]


@given(st.data(), st.sampled_from([ENGLISH, CHINESE]))
def test_every_part_of_the_text_is_found_to_the_letter(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quotation = text[start:end]
    assume(sum(character.isalnum() for character in quotation) >= MIN_QUOTATION)
    assert shown(locate(quotation, text), text) == quotation.strip()


@given(st.text(min_size=10), st.data())
def test_every_part_of_any_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quotation = text[start:]
    assume(sum(character.isalnum() for character in quotation) >= MIN_QUOTATION)
    assert shown(locate(quotation, text), text) == quotation.strip()


VARIANTS = {
    "“": ['"', "'", "「", "«", "『"],
    "”": ['"', "'", "」", "»"],
    "’": ["'", "`", "′"],
    "‘": ["'", '"'],
    "「": ["“", '"'],
    "」": ["”", '"'],
    "—": ["-", "--", "–", " — "],
    "…": ["...", "……", "…"],
    "，": [","],
    "！": ["!"],
    "：": [":"],
    "Ａ": ["A", "a"],
    "É": ["E\u0301", "é"],
    " ": ["  ", "\n", "\u3000", "\xa0"],
    "\n": [" ", ""],
    "\u3000": ["", " "],
}


def copied_badly(quotation: str, choose: st.DataObject) -> str:
    """The quotation with every mark that models change replaced by a variant of it."""
    pieces = [choose.draw(st.sampled_from(VARIANTS.get(c, [c, c.upper()]))) for c in quotation]
    return "".join(pieces)


@given(st.data(), st.sampled_from([ENGLISH, CHINESE]))
def test_variants_of_marks_width_case_and_space_are_found(data: st.DataObject, text: str) -> None:
    words = [i for i, character in enumerate(text) if character.isalnum()]
    first = data.draw(st.integers(0, len(words) - MIN_QUOTATION))
    last = data.draw(st.integers(first + MIN_QUOTATION - 1, len(words) - 1))
    original = text[words[first] : words[last] + 1]
    assume(text.count(original) == 1)
    assert shown(locate(copied_badly(original, data), text), text) == original


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ('"Don\'t go--please," said', "“Don’t go—please,” said"),
        ("'Don't go - please,' said", "“Don’t go—please,” said"),
        ("she  had\nwaited", "she had waited"),
        ("said Elise", None),
        ("said E\u0301lise...", "said Élise…"),
        ("“the rain went on.”", "the rain went on"),
        ("...the rain went on...", "the rain went on"),
    ],
)
def test_english_copies(quotation: str, found: str | None) -> None:
    span = locate(quotation, ENGLISH)
    assert (span and ENGLISH[span.start : span.end]) == found


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("“吾乃燕人张翼德也!”", "「吾乃燕人张翼德也！」"),
        ("关羽—字云长—不答", "关羽——字云长——不答"),
        ("不答...ABC三人", "不答……ＡＢＣ三人"),
        ("张翼德也！」关羽", "张翼德也！」\n\n　　关羽"),
    ],
)
def test_chinese_copies(quotation: str, found: str) -> None:
    assert shown(locate(quotation, CHINESE), CHINESE) == found


@pytest.mark.parametrize(
    "quotation",
    [
        "",
        "   ",
        "She",
        "……",
        "不答……",
        "“——”……",
        "She waited for ever",
        "the sun went on",
        "关羽大喝一声",
        "吾乃常山赵子龙也",
        "She waited the rain",
    ],
)
def test_what_is_not_there_or_proves_nothing_is_not_found(quotation: str) -> None:
    assert locate(quotation, ENGLISH) is None
    assert locate(quotation, CHINESE) is None


@given(st.text(alphabet="乾坤震巽坎离艮兑", min_size=MIN_QUOTATION), st.text(alphabet="天地玄黄"))
def test_invented_quotations_are_not_found(quotation: str, text: str) -> None:
    assert locate(quotation, text) is None


def test_marks_alone_prove_nothing_even_where_they_stand() -> None:
    assert locate("！？！？！？", "他说：“！？！？！？”") is None


def test_a_quotation_in_a_text_with_invisible_characters() -> None:
    text = "the in\u00advisible\u200b man came"
    assert shown(locate("invisible man", text), text) == "in\u00advisible\u200b man"


def test_accents_that_stand_apart_in_the_text() -> None:
    text = unicodedata.normalize("NFD", "Élise a aimé Zoë.")
    assert shown(locate("aimé Zoë", text), text) == unicodedata.normalize("NFD", "aimé Zoë")


def test_the_first_of_several_places_counts() -> None:
    assert locate("again and", "again and again and again") == Span(0, 9)


REPEATED = "“No,” she said. " + "The rain went on. " * 5 + "“No,” she said. " + "It stopped. " * 5


@pytest.mark.parametrize("quotation", ["“No,” she said.", '"No," she said.'])
@pytest.mark.parametrize(("near", "place"), [(0, 0), (30, 0), (90, 1), (160, 1), (10**6, 1)])
def test_of_several_places_the_nearest_counts(quotation: str, near: int, place: int) -> None:
    places = [0, REPEATED.rindex("“No,”")]
    found = locate(quotation, REPEATED, near)
    assert found is not None
    assert found.start == places[place]
    assert shown(found, REPEATED) == "“No,” she said."


@given(st.text("ab ", min_size=4, max_size=40), st.integers(0, 60))
def test_a_repeated_quotation_is_found_nearest(text: str, near: int) -> None:
    needle = "abba"
    places = [start for start in range(len(text)) if text.startswith(needle, start)]
    found = locate(needle, text, near)
    if places:
        assert found is not None
        assert abs(found.start - near) == min(abs(start - near) for start in places)


TRADITIONAL = (
    "　　張飛聽見這話，氣得鬚髮倒豎：「這廝無禮！」說罷拍馬便去。關羽連忙叫住他，卻已經遲了。"
)


@pytest.mark.parametrize(
    ("quotation", "text", "place"),
    [
        ("张飞听见这话，气得须发倒竖", TRADITIONAL, "張飛聽見這話，氣得鬚髮倒豎"),
        ("“这厮无礼！”说罢拍马便去", TRADITIONAL, "「這廝無禮！」說罷拍馬便去"),
        ("張飛聽見這話", "张飞听见这话，气得须发倒竖。", "张飞听见这话"),
        ("张飞听见这话气得须发倒竖", TRADITIONAL, "張飛聽見這話，氣得鬚髮倒豎"),
        (
            "张飞听见这话……说罢拍马便去",
            TRADITIONAL,
            "張飛聽見這話，氣得鬚髮倒豎：「這廝無禮！」說罷拍馬便去",
        ),
        ("She waited as she had waited before", ENGLISH, "She waited, as she had waited before"),
        ("*She waited*, as **she had** waited", ENGLISH, "She waited, as she had waited"),
        ("She waited, as she", "*She waited*, as _she_ had.", "She waited*, as _she"),
        (
            "She waited [...] the rain went on",
            ENGLISH,
            "She waited, as she had waited before; the rain went on",
        ),
        (
            "The Café was closed ... the rain went on",
            ENGLISH,
            "The Café was closed.\n\nShe waited, as she had waited before; the rain went on",
        ),
    ],
)
def test_what_models_change_when_they_copy(quotation: str, text: str, place: str) -> None:
    assert shown(locate(quotation, text), text) == place


@pytest.mark.parametrize(
    "quotation",
    [
        "the rain went on … She waited",  # in the other order
        "She waited … the sun came out",  # half of it invented
        "He … on",  # scraps
        "Sh-e.w",
    ],
)
def test_what_was_put_together_is_no_quotation(quotation: str) -> None:
    assert locate(quotation, ENGLISH) is None


def test_passages_far_apart_prove_nothing_together() -> None:
    text = "Mara came home late." + " The sea was grey." * 200 + " Tobias died in the night."
    assert locate("Mara came home late … Tobias died in the night", text) is None


@given(st.text(max_size=80))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)
