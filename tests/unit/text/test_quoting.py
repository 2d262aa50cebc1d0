"""No words stand in two pairs of the same quotation marks."""

from __future__ import annotations

import pytest

from arboris_desktop.text.quoting import quoted, within_quotes


@pytest.mark.parametrize(
    ("text", "inside", "alone"),
    [
        ("the bell", "the bell", "“the bell”"),
        ("“I never left,”", "I never left,", "“I never left,”"),
        ("“I never left,” said Ida.", "‘I never left,’ said Ida.", "“‘I never left,’ said Ida.”"),
        ("“One.” “Two.”", "‘One.’ ‘Two.’", "“‘One.’ ‘Two.’”"),
        ("「我没走，」她说", "『我没走，』她说", "“『我没走，』她说”"),
        ("“", "‘", "“‘”"),
        ("", "", "“”"),
    ],
)
def test_marks_of_its_own_become_the_inner_ones(text: str, inside: str, alone: str) -> None:
    assert within_quotes(text) == inside
    assert quoted(text) == alone
