"""An import seen before it is made, and corrected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError, RuleError
from arboris_desktop.exchange import pattern_rule
from arboris_desktop.exchange.correction import FRONT_KEY, Correction, Split
from arboris_desktop.exchange.import_warnings import ImportWarning
from arboris_desktop.exchange.number_notes import NumberNote
from arboris_desktop.exchange.preview import BookFile, ImportPreview
from tests.support.documents import docx_of
from tests.support.parsing import shape, texts
from tests.unit.exchange.test_heading_forms import CHINESE

ZH = "\n".join(CHINESE)
PROSE = [line.strip() for line in CHINESE]


@pytest.fixture
def book(tmp_path: Path) -> BookFile:
    """A book of three chapters in two volumes, with a list that is no chapter."""
    path = tmp_path / "《雨巷》作者：某人.txt"
    path.write_text(
        f"第一卷 春\n第一章 甲屋\n{ZH}\n第二章 乙巷\n{ZH}\n第二卷 秋\n第四章 丙桥\n{ZH}\n",
        encoding="gb18030",
    )
    return BookFile(path)


def key(preview: ImportPreview, title: str) -> int:
    return next(heading.key for heading in preview.headings if heading.title == title)


def line(preview: ImportPreview, title: str) -> int:
    return next(heading.line for heading in preview.headings if heading.title == title)


def test_what_a_preview_shows(book: BookFile) -> None:
    found = book.preview()
    assert (found.title, found.author, found.form) == ("雨巷", "某人", "txt")
    assert (found.encoding, found.rule, found.chapters) == ("gb18030", "第N章", 3)
    assert [(h.is_volume, h.label, h.title, h.note) for h in found.headings] == [
        (True, "第一卷", "春", NumberNote.FINE),
        (False, "第一章", "甲屋", NumberNote.FINE),
        (False, "第二章", "乙巷", NumberNote.FINE),
        (True, "第二卷", "秋", NumberNote.FINE),
        (False, "第四章", "丙桥", NumberNote.JUMP),
    ]
    first = found.headings[1]
    assert (first.number, first.text, first.form) == (1, "第一章 甲屋", "第N章")
    assert first.sample == PROSE[0]
    assert first.length == sum(len(prose) for prose in PROSE)
    assert found.words == 3 * first.length
    assert found.warnings == (ImportWarning("jump", 1, "第四章"),)
    assert found.rules == {"第N章": 3, "第N卷": 2}


def test_a_heading_that_is_none_is_text(book: BookFile) -> None:
    found = book.preview()
    correction = Correction().without([key(found, "乙巷")])
    made = book.book(correction)
    assert shape(made) == [("春", ["甲屋"]), ("秋", ["丙桥"])]
    assert texts(made)[0].split("\n\n") == [*PROSE, "第二章 乙巷", *PROSE]
    assert book.preview(correction).chapters == 2


def test_a_volume_that_is_none_is_text(book: BookFile) -> None:
    made = book.book(Correction().without([key(book.preview(), "秋")]))
    assert shape(made) == [("春", ["甲屋", "乙巷", "丙桥"])]
    assert texts(made)[1].endswith("第二卷 秋")


def test_chapters_are_merged_split_renamed_and_left_out(book: BookFile) -> None:
    found = book.preview()
    merged = Correction().merged([key(found, "甲屋"), key(found, "乙巷")])
    assert shape(book.book(merged)) == [("春", ["甲屋"]), ("秋", ["丙桥"])]
    place = line(found, "甲屋") + 2
    split = Correction(splits={place: Split("中")})
    made = book.book(split)
    assert shape(made)[0] == ("春", ["甲屋", "中", "乙巷"])
    assert texts(made)[:2] == [PROSE[0], "\n\n".join(PROSE[1:])]
    headed = Correction(splits={place: Split("中", takes_line=True)})
    assert texts(book.book(headed))[1] == PROSE[2]
    renamed = Correction(renamed={key(found, "甲屋"): "新名", key(found, "春"): "夏"})
    assert shape(book.book(renamed))[0] == ("夏", ["新名", "乙巷"])
    left_out = Correction(left_out=frozenset({key(found, "甲屋")}))
    assert shape(book.book(left_out))[0] == ("春", ["乙巷"])


def test_a_chapter_that_was_split_off_can_be_renamed(book: BookFile) -> None:
    place = line(book.preview(), "甲屋") + 2
    split = Correction(splits={place: Split("")})
    made = next(one.key for one in book.preview(split).headings if one.line == place)
    named = Correction(splits=split.splits, renamed={made: "中"})
    assert key(book.preview(named), "中") == made
    assert shape(book.book(named))[0] == ("春", ["甲屋", "中", "乙巷"])


RULES = ["auto", "第N章", "第N卷", "none", "regex:^第.章", "regex:^第二章", "regex:^没有"]


@pytest.mark.parametrize("rule", RULES)
def test_each_chapter_of_the_count_has_a_row_and_comes_in(book: BookFile, rule: str) -> None:
    found = book.preview(Correction(rule=rule))
    chapters = [
        one for volume in book.book(Correction(rule=rule)).volumes for one in volume.chapters
    ]
    assert found.chapters == len(chapters)
    rows = [row for row in found.rows if not row.is_volume]
    if found.headings:
        assert [row.title for row in rows] == [chapter.title for chapter in chapters]
        assert found.words == sum(row.length for row in rows)


def test_the_text_before_the_headings_is_renamed_and_left_out(book: BookFile) -> None:
    by_pattern = Correction(rule="regex:^第二章")
    found = book.preview(by_pattern)
    assert found.front is not None
    assert (found.front.key, found.front.title, found.front.line) == (FRONT_KEY, "前言", 0)
    assert found.front.sample == "第一卷 春"
    renamed = replace(by_pattern, renamed={FRONT_KEY: "楔子"})
    assert shape(book.book(renamed)) == [("", ["楔子", "乙巷"])]
    assert book.preview(renamed).rows[0].title == "楔子"
    without = replace(by_pattern, left_out=frozenset({FRONT_KEY}))
    assert shape(book.book(without)) == [("", ["乙巷"])]
    assert (book.preview(without).chapters, book.preview(by_pattern).chapters) == (1, 2)
    assert book.preview(without).words == found.words - found.front.length


def test_title_and_author_are_the_authors_choice(book: BookFile) -> None:
    correction = Correction(title="别的书", author="别人")
    assert (book.preview(correction).title, book.preview(correction).author) == ("别的书", "别人")
    made = book.book(correction)
    assert (made.title, made.author) == ("别的书", "别人")


def test_another_encoding(book: BookFile) -> None:
    found = book.preview(Correction(encoding="utf-8"))
    assert found.encoding == "utf-8"
    assert ImportWarning("damaged") in found.warnings
    with pytest.raises(ArborisError, match="no encoding"):
        book.preview(Correction(encoding="klingon"))


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_there_is_no_encoding_to_choose_for_an_empty_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    assert not BookFile(path).has_encoding()
    with pytest.raises(ArborisError, match="no text"):
        BookFile(path).preview()


def test_other_rules(book: BookFile) -> None:
    assert shape(book.book(Correction(rule="none"))) == [("", [""])]
    by_volume = book.book(Correction(rule="第N卷"))
    assert shape(by_volume) == [("", ["春", "秋"])]
    with pytest.raises(RuleError, match="第N章"):
        book.preview(Correction(rule="第N回"))


@pytest.mark.parametrize(
    ("pattern", "titles"),
    [
        ("^第.章", ["甲屋", "乙巷", "丙桥"]),
        ("^第.章 (?P<title>.)", ["甲", "乙", "丙"]),
        ("^第.章 .(.)", ["屋", "巷", "桥"]),
        ("^第[一四]章", ["甲屋", "丙桥"]),
    ],
)
def test_a_pattern_of_the_authors_own(book: BookFile, pattern: str, titles: list[str]) -> None:
    found = book.preview(Correction(rule=f"regex:{pattern}"))
    assert [heading.title for heading in found.headings] == titles


def test_a_pattern_may_name_volumes(book: BookFile) -> None:
    pattern = "regex:^(?P<volume>第.卷)|^第.章"
    found = book.preview(Correction(rule=pattern))
    assert [heading.is_volume for heading in found.headings] == [True, False, False, True, False]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("第(", "wrong"), (" ", "empty"), ("x" * 2000, "too long")],
)
def test_a_wrong_pattern_is_told(book: BookFile, pattern: str, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        book.preview(Correction(rule=f"regex:{pattern}"))


@pytest.mark.timeout(60)
def test_a_pattern_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pattern_rule, "_SECONDS", 0.2)
    path = tmp_path / "book.txt"
    path.write_text(("a" * 200 + "\n") * 1000)
    with pytest.raises(RuleError, match="too long"):
        BookFile(path).preview(Correction(rule="regex:^(a|aa)+$b"))


def test_what_looks_wrong_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text("天色暗了。\n" * 30_000, encoding="utf-8")
    assert BookFile(path).preview().warnings == (ImportWarning("no_headings", 150_000),)
    chapters = [f"第{n}章 甲\n天色暗了。" for n in range(1, 9)]
    path.write_text("\n".join([*chapters, "天色暗了。\n" * 30_000]), encoding="utf-8")
    assert [one.code for one in BookFile(path).preview().warnings] == ["long_chapter"]
    assert BookFile(path).preview().warnings[0].title == "第8章"
    path.write_text("\n".join(["第1章 甲", *chapters[1:], chapters[4]]), encoding="utf-8")
    codes = {one.code: one.count for one in BookFile(path).preview().warnings}
    assert codes == {"empty": 1, "back": 1}


def test_marked_headings_and_those_of_the_text_can_be_chosen(tmp_path: Path) -> None:
    lines = [("Heading 1", "开篇"), ("Normal", "第一章 甲屋"), ("Normal", PROSE[0])]
    lines += [("Heading 1", "续篇"), ("Normal", "第二章 乙巷"), ("Normal", PROSE[0])]
    path = tmp_path / "book.docx"
    path.write_bytes(docx_of(*lines))
    found = BookFile(path).preview()
    assert (found.rule, dict(found.rules)) == ("styles", {"styles": 2, "第N章": 2})
    assert [heading.title for heading in found.headings] == ["开篇", "续篇"]
    of_text = BookFile(path).preview(Correction(rule="第N章"))
    assert [heading.title for heading in of_text.headings] == ["甲屋", "乙巷"]
