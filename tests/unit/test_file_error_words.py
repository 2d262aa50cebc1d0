"""Each reason for which a reader refuses a file is told in the language of the window."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import arboris_desktop.exchange
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.reading import formats
from arboris_desktop.ui.error_words import error_sentence, words_of
from arboris_desktop.ui.file_error_words import refusal_of_file

_REFUSALS = ("unreadable", "_unreadable")
_NOT_OF_TEXTS = ("library_file.py",)


def literal_reasons() -> Iterator[str]:
    """The reasons that the readers name in so many words."""
    folder = Path(arboris_desktop.exchange.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        if path.name in _NOT_OF_TEXTS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _REFUSALS:
                yield from (
                    one.value
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )
    known = (*formats._OTHERS, *formats._OTHER_XML)
    yield from (f"the file is {words}" for _start, words in known)


def test_there_are_reasons() -> None:
    assert len(set(literal_reasons())) > 30


@pytest.mark.parametrize("reason", sorted(set(literal_reasons())))
def test_each_reason_has_its_sentence(reason: str) -> None:
    assert refusal_of_file(f"my: book.txt: {reason}") == f"my: book.txt cannot be read: {reason}."
    assert refusal_of_file(reason) == f"The file cannot be read: {reason}."


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("the file is larger than 64 MiB", "the file is larger than 64 MiB."),
        ("line 3: 'Schiff' is not a kind of entry", "line 3: “Schiff” is not a kind of entry."),
        ("a file name in it leads outside of it: '../x'", "a file name in it leads outside of it."),
        ("the file is damaged or not complete: x is not in it", "damaged or not complete."),
    ],
)
def test_reasons_with_a_number_or_a_name_have_theirs(reason: str, words: str) -> None:
    assert refusal_of_file(f"book.txt: {reason}").startswith("book.txt cannot be read: ")
    assert refusal_of_file(f"book.txt: {reason}").endswith(words)


def test_an_unforeseen_reason_is_left_to_the_details() -> None:
    error = ArborisError(ErrorKind.FILE_UNREADABLE, "book.txt: Input/output error")
    assert words_of(error) == error_sentence(ErrorKind.FILE_UNREADABLE)


def test_a_refused_file_is_told_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    with pytest.raises(ArborisError) as refused:
        read_book(path)
    assert words_of(refused.value).as_paragraph() == (
        "empty.txt cannot be read: the file contains no text. Everything that was saved before is "
        "untouched."
    )
