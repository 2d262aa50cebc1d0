"""A book in many files: a folder, or an archive, with a chapter or more in each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.preview import BookFile
from tests.support.documents import docx_of
from tests.support.parsing import shape

PROSE = "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响，巷口卖馄饨的老人刚刚支起炉子。"


def names(book: ParsedBook) -> list[str]:
    """The chapters as a list shows them."""
    return [
        " ".join(part for part in (chapter.label, chapter.title) if part)
        for volume in book.volumes
        for chapter in volume.chapters
    ]


def folder_of(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def zip_of(path: Path, files: Mapping[str, bytes]) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    path.write_bytes(data.getvalue())
    return path


def test_files_are_chapters_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    chapters = {f"第{n}章 夜{n}.txt": f"{PROSE}{n}\n" for n in (1, 2, 10, 11, 9)}
    book = read_book(
        folder_of(tmp_path / "雨巷", {**chapters, "序章.txt": PROSE, "后记.txt": PROSE})
    )
    assert book.title == "雨巷"
    assert names(book) == [
        *("序章", "第1章 夜1", "第2章 夜2", "第9章 夜9", "第10章 夜10", "第11章 夜11", "后记"),
    ]
    assert book.volumes[0].chapters[1].text == f"{PROSE.strip()}1"


def test_numbers_in_characters_count_too(tmp_path: Path) -> None:
    files = {f"第{n}回.txt": PROSE for n in ("十二", "二", "一百零三", "二十")}
    assert names(read_book(folder_of(tmp_path / "书", files))) == [
        *("第二回", "第十二回", "第二十回", "第一百零三回"),
    ]


def test_notes_in_markdown_with_what_programs_keep_beside_them(tmp_path: Path) -> None:
    text = "---\ntags: [小说]\n---\n\n" + PROSE + "\n\n***\n\n他说*好*。\n"
    book = read_book(
        folder_of(
            tmp_path / "雨巷",
            {
                "01 起风.md": text,
                "02 夜雨.md": text,
                ".obsidian/app.json": "{}",
                ".trash/03 旧.md": text,
                "map.png": b"\x89PNG",
                "~$雨.docx": b"x",
            },
        )
    )
    assert names(book) == ["01 起风", "02 夜雨"]
    assert book.volumes[0].chapters[0].text == f"{PROSE.strip()}\n\n* * *\n\n他说*好*。"


def test_folders_are_volumes_and_files_may_hold_several_chapters(tmp_path: Path) -> None:
    two = "\n\n".join(f"第{n}章 甲\n{PROSE}" for n in ("三", "四"))
    book = read_book(
        folder_of(
            tmp_path / "书",
            {
                "第一卷 海/第一章 甲.txt": PROSE,
                "第一卷 海/第二章 乙.txt": f"第二章 乙\n{PROSE}",
                "第二卷 山/后半.txt": two,
                "第二卷 山/第五章.docx": docx_of(("Normal", PROSE), ("Normal", PROSE)),
            },
        )
    )
    assert [(volume.title, len(volume.chapters)) for volume in book.volumes] == [
        ("海", 2),
        ("山", 3),
    ]
    assert sorted(names(book)) == sorted(
        ["第一章 甲", "第二章 乙", "第三章 甲", "第四章 甲", "第五章"]
    )


def test_a_title_in_a_file_is_not_lost(tmp_path: Path) -> None:
    files = {
        "001.md": f"---\ntitle: 起风\n---\n\n{PROSE}\n",
        "002.md": f"---\ntitle: 夜雨\n---\n\n{PROSE}\n",
    }
    assert names(read_book(folder_of(tmp_path / "书", files))) == ["001 起风", "002 夜雨"]


def test_an_archive_with_names_in_another_encoding(tmp_path: Path) -> None:
    # As Windows packs them: the bytes of the names are GBK, which nothing says.
    path = zip_of(tmp_path / "雨巷.zip", {f"{n:017}": PROSE.encode("gbk") for n in (2, 1)})
    data = path.read_bytes()
    for number in (1, 2):
        name = f"雨巷/第{number}章 夜.txt".encode("gbk")
        data = data.replace(f"{number:017}".encode(), name)
    path.write_bytes(data)
    book = read_book(path)
    assert (book.title, names(book)) == ("雨巷", ["第1章 夜", "第2章 夜"])
    assert [heading.title for heading in BookFile(path).preview().headings] == ["夜", "夜"]


def test_one_file_in_an_archive_is_as_if_it_came_alone(tmp_path: Path) -> None:
    text = "\n\n".join(f"第{n}章 甲\n{PROSE}" for n in ("一", "二"))
    path = zip_of(
        tmp_path / "a.zip", {"雨巷.txt": text.encode("gb18030"), "__MACOSX/._雨巷.txt": b"x"}
    )
    assert names(read_book(path)) == ["第一章 甲", "第二章 甲"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.png": b"\x89PNG"}, "without a text in it"),
        ({"a.txt": b"\x89PNG\r\n\x1a\n", "b.txt": b"x"}, "a.txt: the file is a picture"),
        ({"../a.txt": b"x"}, "leads out"),
        ({"inner.zip": b"PK\x05\x06" + bytes(18)}, "without a text in it"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, files: dict[str, bytes], words: str) -> None:
    with pytest.raises(ArborisError, match=words):
        read_book(zip_of(tmp_path / "a.zip", files))


def test_folders_of_programs(tmp_path: Path) -> None:
    scrivener = folder_of(
        tmp_path / "雨.scriv", {"雨.scrivx": "<ScrivenerProject/>", "a.txt": PROSE}
    )
    with pytest.raises(ArborisError, match="Scrivener project; compile it"):
        read_book(scrivener)
    with pytest.raises(ArborisError, match="without a text in it"):
        read_book(folder_of(tmp_path / "empty", {".git/config": "x"}))
    outside = tmp_path / "outside.txt"
    outside.write_text(PROSE)
    linked = folder_of(tmp_path / "linked", {"a.txt": PROSE, "b.txt": PROSE})
    (linked / "c.txt").symlink_to(outside)
    assert names(read_book(linked)) == ["a", "b"]


def test_one_folder_within_another_is_a_volume_not_the_title(tmp_path: Path) -> None:
    inner = tmp_path / "夜航" / "上卷"
    inner.mkdir(parents=True)
    for name in ("第一章 起风", "第二章 长街"):
        (inner / f"{name}.txt").write_text("他把门推开，风就跟着进来了。", encoding="utf-8")
    book = BookFile(inner.parent).book()
    assert (book.title, shape(book)) == ("夜航", [("上卷", ["起风", "长街"])])
