"""The one form of stored texts: what is brought into it, and how it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.emphasis import Run, without_marks
from arboris_desktop.text.normal_form import normalised_input, normalised_text
from arboris_desktop.text.quotations import Span
from arboris_desktop.text.shown_prose import ShownProse, paragraph_of

ENGLISH, CHINESE = Language.ENGLISH, Language.CHINESE
PIECES = st.sampled_from(
    [
        *(
            "*",
            "**",
            "***",
            "\\",
            "\n",
            "\n\n",
            "\n\n\n",
            " ",
            "\u3000",
            "a",
            "Mei went. ",
            "雾散了。",
        ),
        *("😀", "* * *", "###", "—", "_", "> ", "*x*", "**y z**", "\r\n", "\u2028", "\u2029", "\t"),
        *("1. ", "\\*", "long enough to be broken at a width of some forty,\n"),
    ]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)
LANGUAGES = st.sampled_from(Language)
RUNS = st.lists(
    st.builds(Run, st.text("ab *\\好", max_size=4), st.booleans(), st.booleans()), max_size=6
)


@pytest.mark.parametrize(
    ("text", "formed"),
    [
        ("One.\r\n\r\nTwo.", "One.\n\nTwo."),
        ("  One.  \n\n\n\n\tTwo.\n", "One.\n\nTwo."),
        ("Roses are red,\nviolets blue.", "Roses are red,\nviolets blue."),
        ("*Yes*, **no**, ***both***", "*Yes*, **no**, ***both***"),
        ("2 * 3 and a * b", r"2 \* 3 and a \* b"),
        ("*note: see below", r"\*note: see below"),
        ("One.\n\n***\n\nTwo.", "One.\n\n* * *\n\nTwo."),
        ("One.\n***\nTwo.", "One.\n\n* * *\n\nTwo."),
        ("One.\n\n\nTwo.", "One.\n\n* * *\n\nTwo."),
        ("> said\n\n# not a heading\n\n- no list _at all_", None),
    ],
)
def test_a_text_is_brought_into_the_form(text: str, formed: str | None) -> None:
    assert normalised_text(text, ENGLISH) == (text if formed is None else formed)


def test_in_chinese_each_line_is_a_paragraph() -> None:
    indented = "\u3000\u3000雾散了。\n\u3000\u3000他笑了。"
    assert normalised_text(indented, CHINESE) == "雾散了。\n\n他笑了。"


def test_what_arrives_has_its_lines_joined_and_its_scenes_marked() -> None:
    wrapped = "\n".join(["the lantern swung over the harbour and the gulls fell silent as"] * 9)
    assert normalised_input(f"{wrapped}\nthey went.\n\n###\n\nMorning.", ENGLISH).split("\n\n") == [
        f"{wrapped} they went.".replace("\n", " "),
        "* * *",
        "Morning.",
    ]
    assert normalised_input("One said.\nAnother said.\nNobody left.", ENGLISH).count("\n\n") == 2
    assert (
        normalised_input("雾散了。\n☆☆☆\n　　他笑了。", CHINESE) == "雾散了。\n\n* * *\n\n他笑了。"
    )


@given(TEXTS, LANGUAGES)
def test_what_is_in_form_stays_as_it_is(text: str, language: Language) -> None:
    for bring in (normalised_text, normalised_input):
        once = bring(text, language)
        assert bring(once, language) == once
        assert normalised_text(once, language) == once
        assert letters(once) == letters(text)


@given(TEXTS, LANGUAGES)
def test_a_stored_text_is_shown_and_comes_back_to_the_letter(text: str, language: Language) -> None:
    stored = normalised_text(text, language)
    shown = ShownProse.of(stored)
    assert shown.stored == stored
    again = ShownProse([paragraph_of(paragraph.runs) for paragraph in shown.paragraphs])
    assert (again.stored, again.text) == (shown.stored, shown.text)


@given(RUNS)
def test_whatever_styles_there_are_can_be_stored(runs: list[Run]) -> None:
    written = paragraph_of(runs)
    read = ShownProse.of(written.stored)
    assert read.stored == written.stored
    if not written.is_scene_break:
        assert read.text == written.text


@given(TEXTS, LANGUAGES, st.data())
def test_places_lead_to_the_same_words(text: str, language: Language, data: st.DataObject) -> None:
    shown = ShownProse.of(normalised_text(text, language))
    start = data.draw(st.integers(0, len(shown.text)))
    end = data.draw(st.integers(start, len(shown.text)))
    span = shown.span_in_stored(start, end)
    assert (shown.to_shown(span.start), shown.to_shown(span.end)) == (start, end)
    assert shown.to_shown(shown.place_in_stored(start)) == start
    # A place of the stored text is shown, even if it is in a mark, and at no other letter.
    place = data.draw(st.integers(-2, len(shown.stored) + 2))
    assert 0 <= shown.to_shown(place) <= len(shown.text)


@given(TEXTS, LANGUAGES, st.data())
def test_a_passage_cut_out_anywhere_is_read_without_its_marks(
    text: str, language: Language, data: st.DataObject
) -> None:
    prose = ShownProse.of(normalised_text(text, language) or "")
    start = data.draw(st.integers(0, len(prose.text)))
    end = data.draw(st.integers(start, len(prose.text)))
    read, span = prose.text[start:end], prose.span_in_stored(start, end)
    if "\n" not in read and not any(each.is_scene_break for each in prose.paragraphs):
        assert without_marks(prose.stored[span.start : span.end]) == read


def test_a_cursor_at_the_edge_of_an_emphasis_is_outside() -> None:
    shown = ShownProse.of("So *she said* it.")
    assert [shown.place_in_stored(place) for place in (3, 11)] == [3, 13]
    assert shown.span_in_stored(3, 11) == Span(4, 12)
    assert ShownProse.of("a").to_shown(99) == 1


def test_a_part_keeps_its_styles_and_is_plain_for_others() -> None:
    part = ShownProse.of("So *she said*.\n\n**Then**\nnothing.").part(5, 19)
    assert (part.stored, part.plain) == ("*e said*.\n\n**Then**\nn", "e said.\n\nThen\nn")


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
