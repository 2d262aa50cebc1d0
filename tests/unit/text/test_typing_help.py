"""Typed marks in whole sentences, as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.text.typing_help import help_typing

ALL_ON = TypingSettings()
ALL_OFF = TypingSettings(False, False, False, False, False)
CORNERS = TypingSettings(corner_quotes=True)


def typed(keys: str, language: Language, settings: TypingSettings = ALL_ON) -> str:
    text = ""
    for key in keys:
        change = help_typing(text, key, language, settings)
        text += key
        if change is not None:
            text = text[: len(text) - change.held - 1] + change.becomes
    return text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ('"Hello," he said. "Go!"', "“Hello,” he said. “Go!”"),
        ("I don't. The dogs' bowls.", "I don’t. The dogs’ bowls."),
        ("\"'Stop,' she said,\" he told us.", "“‘Stop,’ she said,” he told us."),
        ("'He called it \"odd\",' she said.", "‘He called it “odd”,’ she said."),
        ("'\"Odd\" is the word.'", "‘“Odd” is the word.’"),
        ('("Yes")', "(“Yes”)"),
        ('"Wait--" He turned.', "“Wait—” He turned."),
        ('He said--"Stop."', "He said—“Stop.”"),
        ("'Tis the '90s, said 'em.", "’Tis the ’90s, said ’em."),
        ("'90s' is a word", "‘90s’ is a word"),
        ("Rock 'n' roll, fish 'n' chips", "Rock ’n’ roll, fish ’n’ chips"),
        ('"Get \'em" was all.', "“Get ’em” was all."),
        ("'Get 'em' was all.", "‘Get ’em’ was all."),
        ("the word 'em' is short", "the word ‘em’ is short"),
        ("Well... yes....", "Well… yes…."),
        ("one -- two", "one — two"),
        ("---", "---"),
        ("----", "----"),
        ("-----", "-----"),
        ("well-known, 3-4", "well-known, 3-4"),
        ('""', "“”"),
        ('他说"好"', "他说“好”"),
        ("12,000.5: (a), b; c?", "12,000.5: (a), b; c?"),
    ],
)
def test_english(keys: str, text: str) -> None:
    assert typed(keys, Language.ENGLISH) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ('他说:"好,走吧!"', "他说：“好，走吧！”"),
        ("\"他说'不'.\"", "“他说‘不’。”"),
        ("等等...", "等等……"),
        ("等等。。。", "等等……"),
        ("OK...", "OK……"),
        ("他--走了", "他——走了"),
        ("价格3,000.5元,对吗?", "价格3,000.5元，对吗？"),
        ("看(见iPhone)了;好!?", "看（见iPhone）了；好！？"),
        ("Don't stop.", "Don’t stop."),
        ("“手机”,他说", "“手机”，他说"),
        ("---", "---"),
    ],
)
def test_chinese(keys: str, text: str) -> None:
    assert typed(keys, Language.CHINESE) == text


def test_corner_brackets_are_a_choice_for_chinese_also_by_an_input_method() -> None:
    assert typed("他说:\"她叫'小红'.\"", Language.CHINESE, CORNERS) == "他说：「她叫『小红』。」"
    assert typed("“好”", Language.CHINESE, CORNERS) == "「好」"
    assert typed('"Yes"', Language.ENGLISH, CORNERS) == "“Yes”"
    assert typed("It's", Language.CHINESE, CORNERS) == "It’s"


@given(st.text(alphabet="\"'-.,!?:;()“”‘’。… a1好\n"), st.sampled_from(Language))
def test_nothing_is_changed_when_all_is_off(keys: str, language: Language) -> None:
    assert typed(keys, language, ALL_OFF) == keys


@given(
    st.text(alphabet="\"'-.,!?:;()“”‘’—…。 a1s好"),
    st.sampled_from("\"'-.,!?:;()“”‘’。 a好"),
    st.sampled_from(Language),
    st.sampled_from([ALL_ON, CORNERS]),
)
def test_what_is_brought_back_is_left_alone_by_the_next_letter(
    before: str, key: str, language: Language, settings: TypingSettings
) -> None:
    change = help_typing(before, key, language, settings)
    if change is None:
        return
    assert change.held <= len(before)
    assert change.becomes != before[len(before) - change.held :] + key
    assert change.plain.endswith(key)
    kept = before[: len(before) - change.held] + change.plain
    assert help_typing(kept, "a", language, settings) is None
