from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from arboris_desktop.ui.widgets.text_offsets import from_utf16, to_utf16

PROSE = st.text(alphabet="ab \n“更😀𠮷é\u00a0\u200d", max_size=60)


@given(PROSE, st.integers(-3, 70))
def test_there_and_back(text: str, index: int) -> None:
    clamped = min(max(index, 0), len(text))
    assert from_utf16(text, to_utf16(text, index)) == clamped


@given(PROSE, st.data())
def test_qt_finds_the_same_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    document = QTextDocument()
    document.setPlainText(text)
    cursor = QTextCursor(document)
    cursor.setPosition(to_utf16(text, start))
    cursor.setPosition(to_utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText().replace("\u2029", "\n") == text[start:end]


def test_an_astral_character_takes_two_units() -> None:
    assert to_utf16("😀更a", 1) == 2
    assert to_utf16("😀更a", 3) == 4
    assert from_utf16("😀更a", 1) == 0
