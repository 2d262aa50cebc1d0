"""Files with blank lines, without, wrapped, with verse: one form in the end."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.paragraphs import Layout, measure, normalise

PROSE = [
    "The rain had been falling since the early morning, and nobody in the house had any wish to "
    "go out into it; least of all the two sisters, who sat by the window and counted the drops "
    "that ran down the pane as if it were a matter of some importance to them.",
    "“It will not stop,” said the elder.",
    "“It always stops,” said the younger, who had a well-known, not to say mother-of-pearl, "
    "disposition—and who had never in her life been wrong about the weather, although she had "
    "been wrong about nearly everything else that can be thought of.",
    "They waited. Towards noon a carriage came up the drive, and out of it, to the astonishment "
    "of both, stepped a gentleman whom neither of them had expected to see again in this world.",
]
VERSE = "O Rose thou art sick.\nThe invisible worm,\nThat flies in the night\nIn the howling storm"
CHINESE = [
    "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。及秦灭之后，楚、汉分争，又并入于汉。",
    "“你来了？”",
    "汉朝自高祖斩白蛇而起义，一统天下，后来光武中兴，传至献帝，遂分为三国。推其致乱之由，殆始于桓、灵二帝。",
]


def composed(text: str, *, markdown: bool = False) -> str:
    lines = text.split("\n")
    return measure([lines], markdown=markdown).compose(lines)


def test_spaced_paragraphs_stay() -> None:
    text = "\n\n".join(PROSE)
    assert composed(text) == text


def test_verse_between_spaced_paragraphs_stays_verse() -> None:
    text = "\n\n".join([*PROSE, VERSE, *PROSE])
    assert composed(text) == text


def test_lines_without_blank_lines_are_paragraphs() -> None:
    assert composed("\n".join(PROSE)) == "\n\n".join(PROSE)
    assert composed("\n".join("　　" + line for line in CHINESE)) == "\n\n".join(CHINESE)


def test_a_blank_line_among_lines_is_a_scene_break() -> None:
    text = "\n".join(PROSE) + "\n\n" + "\n".join(PROSE)
    assert composed(text) == "\n\n".join(PROSE) + "\n\n\n" + "\n\n".join(PROSE)


def test_a_larger_gap_among_spaced_paragraphs_is_a_scene_break() -> None:
    text = "\n\n".join(PROSE) + "\n\n\n\n" + "\n\n".join(PROSE)
    assert composed(text) == "\n\n".join(PROSE) + "\n\n\n" + "\n\n".join(PROSE)


def test_a_file_with_two_blank_lines_everywhere_has_no_scene_breaks() -> None:
    many = PROSE * 8
    assert composed("\n\n\n".join(many)) == "\n\n".join(many)


def test_scene_marks_stay_as_paragraphs() -> None:
    text = f"{PROSE[0]}\n\n* * *\n\n{PROSE[1]}\n\n◇◇◇\n\n{PROSE[2]}"
    assert composed(text) == text


def test_indentation_and_trailing_space_go() -> None:
    assert (
        composed("　　他走了。 \n\n\t她来了。\u3000\n\n  End.  ") == "他走了。\n\n她来了。\n\nEnd."
    )


@pytest.mark.parametrize("width", [55, 60, 65, 70, 72, 76, 80, 95])
def test_wrapped_prose_is_joined_and_verse_is_not(width: int) -> None:
    paragraphs = [*PROSE, VERSE, *PROSE]
    wrapped = "\n\n".join(
        paragraph if paragraph is VERSE else textwrap.fill(paragraph, width)
        for paragraph in paragraphs
    )
    assert composed(wrapped) == "\n\n".join(paragraphs)


def test_wrapped_paragraphs_told_by_their_indentation() -> None:
    wrapped = "\n".join(textwrap.fill(p, 70, initial_indent="    ") for p in PROSE * 2)
    assert composed(wrapped) == "\n\n".join(PROSE * 2)


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    lines = []
    for paragraph in CHINESE * 4:
        indented = "　　" + paragraph
        lines += [indented[start : start + 30] for start in range(0, len(indented), 30)]
    assert composed("\n".join(lines)) == "\n\n".join(CHINESE * 4)


def test_dialogue_in_short_lines_is_not_taken_for_wrapped_prose() -> None:
    dialogue = ["“Yes.”", "“No.”", "“Perhaps, if it does not rain tomorrow,” she said.", "“When?”"]
    assert composed("\n".join(dialogue * 5)) == "\n\n".join(dialogue * 5)


def test_a_book_of_verse_is_not_joined() -> None:
    lines = [
        "Of Mans First Disobedience, and the Fruit of that forbidden Tree",
        "Whose mortal taste brought Death into the World, and all our woe",
        "With loss of Eden, till one greater Man restore us, and regain it",
        "Sing Heavenly Muse, that on the secret top of Oreb, or of Sinai",
    ] * 4
    assert composed("\n".join(lines)) == "\n\n".join(lines)


def test_two_trailing_spaces_keep_a_line_in_its_paragraph() -> None:
    assert composed("roses are red  \nviolets are blue\n\nnext") == (
        "roses are red\nviolets are blue\n\nnext"
    )


def test_trailing_spaces_everywhere_mean_nothing() -> None:
    assert composed("one.  \ntwo.  \nthree.  \n") == "one.\n\ntwo.\n\nthree."


def test_markdown_believes_two_spaces_even_so() -> None:
    assert composed("one  \ntwo  \n\nthree\n", markdown=True) == "one\ntwo\n\nthree"


@given(st.text(alphabet="ab \n\u3000“。", max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\n\n\n\n" not in once
    assert once == once.strip()


@given(st.text(max_size=200))
def test_only_white_space_is_ever_changed(text: str) -> None:
    letters = "".join(text.split())
    assert "".join(normalise(text).split()) == letters
    assert "".join(composed(text).split()) == letters


def test_nothing_gives_nothing() -> None:
    assert Layout().compose([]) == Layout().compose(["", "  "]) == ""
    assert measure([]) == Layout(trusts_forced_lines=True)
