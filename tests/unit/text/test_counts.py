"""Lengths as the usual word processors count them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.counts import count_words

HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("   \n\t", 0),
        ("It was late.", 3),
        ("Don't — don’t!", 3),
        ("A well-known mother-in-law", 3),
        ("“Yes,” she said… “No.”", 4),
        ("word—word", 2),
        ("snake_case", 1),
        ("O’Brien and 3.14 and/or x@example.com", 5),
        ("wait--what", 2),
        ("*Run*, she thought. **No!**", 4),
        ("‘’’’ — …", 3),
        ("salt & pepper", 3),
        ("wait ... what", 3),
        ("wait . . . what", 5),
        ("… and then", 3),
        ("word -- word", 3),
        ("5 % of $5", 4),
        ("1 + 1 = 2", 5),
        ("# 1", 2),
        ("hello 😀", 2),
        ("“But I—” she said", 4),
        ("***", 0),
        ("Chapter 12", 2),
        ("He said 你好 twice", 5),
        ("He said “她😀说。” twice", 5),
        ("* * *", 0),
    ],
)
def test_english_is_counted_in_words(text: str, expected: int) -> None:
    assert count_words(text, Language.ENGLISH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("　　\n", 0),
        ("他走了。", 4),
        ("“你好，”他说。", 8),
        ("他用iPhone打电话", 6),
        ("2024年", 2),
        ("——……", 4),
        ("〇", 1),
        ("𠮷野家", 3),
        ("，", 1),
        ("（一）", 3),
        ("O’Brien", 1),
        ("“rock’n’roll”", 3),
        ("乔治·马丁", 5),
        ("――", 2),
        ("１２３", 3),
        ("3.14", 1),
        ("约1,000元，12:30，50%", 7),
        ("C++和x@example.com", 3),
        ("①～℃", 3),
        ("他*很*好", 3),
        ("他 & 她", 3),
        ("他...走了", 4),
        ("好 😀", 2),
        ("* * *", 0),
        ("ｶﾅ", 2),
    ],
)
def test_chinese_is_counted_in_characters_with_punctuation(text: str, expected: int) -> None:
    assert count_words(text, Language.CHINESE) == expected


def test_accents_that_stand_apart_do_not_split_words() -> None:
    text = "a naïve résumé"
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert count_words(decomposed, Language.ENGLISH) == count_words(text, Language.ENGLISH) == 3


@given(st.lists(st.from_regex(r"[a-zA-Z]{1,9}('[a-z]{1,2})?", fullmatch=True)))
def test_words_with_spaces_between_are_counted_each(words: list[str]) -> None:
    assert count_words(" ".join(words), Language.ENGLISH) == len(words)


@given(HAN)
def test_every_chinese_character_counts(text: str) -> None:
    assert count_words(text, Language.CHINESE) == len(text)
    assert count_words(text, Language.ENGLISH) == len(text)


@given(st.text(), st.text(), st.sampled_from(Language))
def test_paragraphs_add_up(first: str, second: str, language: Language) -> None:
    together = count_words(f"{first}\n\n{second}", language)
    assert together == count_words(first, language) + count_words(second, language)
