"""Forms of headings, titles and names that users of other programs reported as read wrong."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest
from docx import Document

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.preview import BookFile
from arboris_desktop.text.book_names import name_of_file
from tests.support.parsing import parse_markdown, parse_text, shape, texts
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH

ZH, EN = "\n".join(CHINESE), "\n".join(ENGLISH)


def book(headings: str) -> str:
    """A text with prose below each heading that does not begin with ``!``."""
    is_chinese = any("\u3400" < letter < "\ua000" for letter in headings)
    prose = ZH if is_chinese else EN
    parts = (one[1:] if one[0] == "!" else f"{one}\n\n{prose}" for one in headings.split(" / "))
    return "\n\n".join(parts)


def rows(headings: str) -> list[tuple[str, list[tuple[str, str]]]]:
    volumes = parse_text(book(headings)).volumes
    return [(one.label, [(c.label, c.title) for c in one.chapters]) for one in volumes]


def test_words_before_the_numbers_are_a_part_of_the_chapter_name() -> None:
    assert rows("渡口 第一章 / 夜船 第二章 / 旧账（第三章）") == [
        ("", [("第一章", "渡口"), ("第二章", "夜船"), ("第三章", "旧账")])
    ]
    assert rows("第一章 渡口 / 第二章 夜船 / 番外 第一章 旧账 / 外篇 第二章 新雪")[0][1][2:] == [
        ("番外 第一章", "旧账"),
        ("外篇 第二章", "新雪"),
    ]


def test_the_name_of_the_book_before_the_numbers_is_none() -> None:
    assert rows("长河 第一章 渡口 / 长河 第二章 / 长河 第三章 旧账") == [
        ("", [("第一章", "渡口"), ("第二章", ""), ("第三章", "旧账")])
    ]
    assert rows("1、第1章 / 2、第2章 / 3、第3章")[0][1] == [
        ("第1章", ""),
        ("第2章", ""),
        ("第3章", ""),
    ]


@pytest.mark.parametrize(
    ("headings", "labels"),
    [
        ("V1 Ch1 Rain / V1 Ch2 Snow / V2 Ch1 Fog", ["V1", "V2"]),
        ("S1E1: Rain / S1E2: Snow / S2E1: Fog", ["S1", "S2"]),
        ("Vol. 1 Ch. 1: Rain / Vol. 1 Ch. 2: Snow / Vol. 2 Ch. 1: Fog", ["Vol. 1", "Vol. 2"]),
        ("Book 1 ep 1: Rain / Book 1 ep 2: Snow / Book 2 ep 1: Fog", ["Book 1", "Book 2"]),
    ],
)
def test_a_volume_and_a_chapter_in_short(headings: str, labels: list[str]) -> None:
    found = rows(headings)
    assert [label for label, _chapters in found] == labels
    assert [title for _label, ones in found for _own, title in ones] == ["Rain", "Snow", "Fog"]


def test_short_pairs_in_prose_stay_prose() -> None:
    text = book("Chapter 1 / S1E2 was the best one. / Chapter 2")
    assert [title for _volume, titles in shape(parse_text(text)) for title in titles] == ["", ""]


def test_seasons_of_episodes() -> None:
    found = rows("!第一季 / 第一集 渡口 / 第二集 夜船 / !第二季 / 第一集 旧账")
    assert [label for label, _chapters in found] == ["第一季", "第二季"]
    glued = rows("第一卷第一章渡口 / 第一卷第二章夜船 / 第二卷第一章旧账")
    assert [[title for _own, title in ones] for _label, ones in glued] == [
        ["渡口", "夜船"],
        ["旧账"],
    ]


@pytest.mark.parametrize("of", [" of 3", "/3", " out of 3"])
def test_the_number_of_all_chapters_is_no_title(of: str) -> None:
    headings = f"Chapter 1{of} / Chapter 2{of}: Snow / Chapter 3{of}"
    assert rows(headings) == [("", [("Chapter 1", ""), ("Chapter 2", "Snow"), ("Chapter 3", "")])]


@pytest.mark.parametrize(
    "headings",
    [
        "第一条 不得下山 / 第二条 不得杀生 / 第三条 不得饮酒",
        "第一名 张三 / 第二名 李四 / 第三名 王五",
        "第一回合 / 第二回合 / 第三回合",
        "8:30 / 9:15 / 10:00",
        "八点 / 九点 / 十点半",
        "7 a.m. / 9.30 a.m. / 8 p.m.",
    ],
)
def test_lists_rounds_and_hours_head_no_chapters(headings: str) -> None:
    prose = ZH if not headings[0].isascii() else EN
    text = f"{prose}\n\n{book(headings)}"
    assert shape(parse_text(text)) == [("", [""])]


def test_hours_are_headings_by_choice(tmp_path: Path) -> None:
    path = tmp_path / "day.txt"
    path.write_text(book("8:30 / 9:15 / 11:00 p.m."), encoding="utf-8")
    assert BookFile(path).preview().rules == {"HH:MM": 3}


@pytest.mark.parametrize(
    "headings",
    [
        "London, 1890 / Paris, 1891 / New York, 1893",
        "March 1890 / April 1890 / June 1890",
        "Spring 1890 / Summer 1890 / Winter 1891",
        "Saturday 3rd / Sunday the 4th / Friday 9th",
        "番外旧事 / 番外三年之后 / 番外小雪的婚礼",
    ],
)
def test_whole_lines_as_titles(headings: str) -> None:
    names = headings.split(" / ")
    assert [title for _label, title in rows(headings)[0][1]] == names


def test_the_name_of_a_part_before_a_pair_of_numbers() -> None:
    headings = "Rain 1.1 / Rain 1.2 / Snow 2.1 / Snow 2.2"
    assert [label for label, _title in rows(headings)[0][1]] == headings.split(" / ")


def test_marks_around_a_title_are_kept() -> None:
    titles = [title for _label, title in rows("1《渡口》 / 2《夜船》 / 3「旧账」")[0][1]]
    assert titles == ["《渡口》", "《夜船》", "「旧账」"]


def test_pictures_around_a_heading_are_left_out() -> None:
    assert rows("🌸第一章 渡口🌸 / →第二章 夜船←")[0][1] == [("第一章", "渡口"), ("第二章", "夜船")]


def test_what_an_author_notes_is_no_chapter() -> None:
    text = book("Chapter 1 / !Author's Note: thanks for reading! / Chapter 2")
    assert shape(parse_text(text)) == [("", ["", ""])]
    assert "Author's Note: thanks" in texts(parse_text(text))[0]


def test_headings_of_markdown_are_their_words_alone() -> None:
    text = f"# *Rain* at **dawn**\n\n{EN}\n\n# [Snow](#snow)\n\n{EN}\n\n<h1>Fog</h1>\n\n{EN}"
    assert shape(parse_markdown(text)) == [("", ["Rain at dawn", "Snow", "Fog"])]


def test_a_list_of_links_is_a_table_of_contents() -> None:
    text = f"# Ferry\n\n- [Rain](#r)\n- [Snow](#s)\n\n## Rain\n\n{EN}\n\n## Snow\n\n{EN}"
    assert shape(parse_markdown(text)) == [("", ["Rain", "Snow"])]
    other = text.replace("[Snow](#s)", "[Sun](#s)")
    assert shape(parse_markdown(other)) == [("", ["Front matter", "Rain", "Snow"])]


def docx(path: Path, *paragraphs: tuple[str, str]) -> Path:
    document = Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style) if style else document.add_paragraph(text)
    document.save(str(path))
    return path


def test_a_title_on_the_level_of_the_chapters(tmp_path: Path) -> None:
    chapters = (("Heading 1", "Chapter 1"), ("", EN), ("Heading 1", "Chapter 2"), ("", EN))
    path = docx(tmp_path / "x.docx", ("Heading 1", "The Ferry"), ("", "Ann Miller"), *chapters)
    found = read_book(path)
    assert (found.title, found.author, shape(found)) == (
        "The Ferry",
        "Ann Miller",
        [("", ["", ""])],
    )
    path = docx(tmp_path / "y.docx", ("Heading 1", "The Ferry"), ("", "It rained."), *chapters)
    assert shape(read_book(path)) == [("", ["The Ferry", "", ""])]


def test_an_emphasised_title_above_the_author(tmp_path: Path) -> None:
    found = parse_markdown(f"**The Ferry**\n\n*by Ann Miller*\n\n# Rain\n\n{EN}\n\n# Snow\n\n{EN}")
    assert (found.title, found.author) == ("The Ferry", "Ann Miller")


@pytest.mark.parametrize("line", ["By: annm", "by annm", "Written by: annm"])
def test_authors_with_a_nickname(line: str) -> None:
    found = parse_text(f"The Ferry\n\n{line}\n\n{book('Chapter 1 / Chapter 2')}")
    assert (found.title, found.author) == ("The Ferry", "annm")


def test_the_words_of_a_site_above_the_title() -> None:
    head = "本书由某网整理 www.example.com\n\n长河落日\n作者：南山客\n\n"
    found = parse_text(head + book("第一章 渡口 / 第二章 夜船"))
    assert (found.title, found.author) == ("长河落日", "南山客")
    assert "www.example.com" in texts(found)[0]


@pytest.mark.parametrize(
    ("stem", "title", "author"),
    [
        ("长河落日（1-200章）", "长河落日", ""),
        ("长河落日 完结+番外", "长河落日", ""),
        ("长河落日 全集", "长河落日", ""),
        ("np 完结 《长河落日》作者 苍君", "长河落日", "苍君"),
        ("全集", "全集", ""),
    ],
)
def test_names_of_files(stem: str, title: str, author: str) -> None:
    found = name_of_file(stem)
    assert (found.title, found.author) == (title, author)


def test_a_link_in_an_archive_is_not_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("02 link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("01 Rain.txt", EN)
        archive.writestr("03 Snow.txt", EN)
    path = tmp_path / "book.zip"
    path.write_bytes(packed.getvalue())
    found = read_book(path)
    assert not any("passwd" in text for text in texts(found))
    assert len(texts(found)) == 2
