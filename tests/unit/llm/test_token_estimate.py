from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.llm.tokens import CJK_WEIGHT_OF_ENGLISH_MODEL, estimate_tokens

# Counted by the tokenizer of SmolLM2: text, tokens.
COUNTED = [
    ("“I’m here,” she said — softly…", 11),
    ("1234567890", 10),
    ("!?!?!?...---***", 7),
    ("的一是不了人我在有他这中大来上", 18),
    ("，。！？「」《》", 14),
    ("Привет, мир, как дела сегодня", 22),
    ("Ångström café déjà vu", 11),
    ('{"a":[{"b":1.5,"c":null}]}', 16),
    ("コンピュータ", 10),
    ("“你原来也记得！”辽曰：“只是可惜！”操曰：“可惜甚的？”", 49),
    ("It is a truth universally acknowledged, that a single man in possession of a good fortune, "
     "must be in want of a wife.", 26),
]  # fmt: skip


def test_the_estimate_is_not_below_what_the_tokenizer_of_the_built_in_model_counts() -> None:
    for text, counted in COUNTED:
        estimate = estimate_tokens(text, cjk_weight=CJK_WEIGHT_OF_ENGLISH_MODEL)
        assert counted <= estimate <= counted * 2.2, (text, counted, estimate)


def test_nothing_costs_nothing() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("a") == 1


def test_a_chinese_character_costs_at_least_a_token() -> None:
    assert estimate_tokens("夜色" * 500) >= 1000


@given(st.text(), st.text())
def test_a_longer_text_never_costs_less(text: str, more: str) -> None:
    # Two words that become one lose nothing but the rounding.
    assert estimate_tokens(text + more) >= max(estimate_tokens(text), estimate_tokens(more))
    assert estimate_tokens(text + more) <= estimate_tokens(text) + estimate_tokens(more)
