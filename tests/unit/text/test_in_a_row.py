"""Sentences behind each other, as the window tells them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import arboris_desktop
from arboris_desktop.text.paragraphs import in_a_row

_SENTENCES = re.compile(r"what_(?:happened|is_safe|to_do)\} \{")


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (("It failed.", "Retry."), "It failed. Retry."),
        (("没有成功。", "请重试。"), "没有成功。请重试。"),
        (("太慢！", "请重试。", ""), "太慢！请重试。"),
        (("", "It failed.", "", "Retry."), "It failed. Retry."),
        ((), ""),
    ],
)
def test_a_space_stands_between_them_where_their_script_has_spaces(
    sentences: tuple[str, ...], told: str
) -> None:
    assert in_a_row(*sentences) == told


def test_no_part_of_the_window_joins_them_by_itself() -> None:
    ui = Path(arboris_desktop.__file__).parent / "ui"
    by_hand = [
        str(path.relative_to(ui))
        for path in ui.rglob("*.py")
        if _SENTENCES.search(path.read_text(encoding="utf-8"))
    ]
    assert by_hand == []
