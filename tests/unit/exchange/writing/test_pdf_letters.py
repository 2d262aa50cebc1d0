"""Text that is found in a PDF and copied from it is what the author wrote."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.writing.pdf import write_pdf
from arboris_desktop.exchange.writing.pdf_letters import with_right_letters

TEXT = (
    "一阵风雨过后，长龙似的车马见人就飞，门前老人没有马。He said nothing at all——"
    "巳时，家家户户关了门窗，幺妹兀自不动。部首有亻刂彐忄扌攵旡歺氵犭礻纟讠钅阝饣。"
)
TABLE = b"1 beginbfrange\n<0001> <0006> [<2FAC> <2EDB> <0009> <2E3A> <2F00> <4E09> ]\nendbfrange\n"


def file_with(table: bytes) -> bytes:
    """A file with a table of letters, as Qt writes it."""
    head = b"%PDF-1.6\n5 0 obj\n<< /Type /Font /ToUnicode 6 0 R>>\nendobj"
    stream = b"\n6 0 obj\n<< /Length %d >>\nstream\n%sendstream\nendobj\n" % (len(table), table)
    end = b"xref\n0 1\ntrailer\n<<\n/Size 7 \n/Root 3 0 R\n>>\nstartxref\n%d \n%%%%EOF\n"
    return head + stream + end % len(head + stream)


def test_the_letters_of_the_book_are_named() -> None:
    data = file_with(TABLE)
    right = with_right_letters(data, set("雨风 —一三"))
    assert right.startswith(data), "changes stand in an update"
    update = right[len(data) :]
    assert b"[<96E8> <98CE> <0020> <20142014> <4E00> <4E09> ]" in update
    place = re.search(rb"xref\n6 1\n(\d{10}) 00000 n \n", update)
    assert place is not None
    assert right[int(place[1]) :].startswith(b"6 0 obj\n<< /Length")
    start = re.search(rb"startxref\n(\d+)\n%%EOF\n$", update)
    assert start is not None
    assert right[int(start[1]) :].startswith(b"xref\n")
    assert b"/Prev %d" % data.index(b"xref\n") in update


def test_a_radical_that_the_author_wrote_stays() -> None:
    data = file_with(TABLE)
    assert b"<2FAC> <98CE>" in with_right_letters(data, set("⾬雨风"))
    assert with_right_letters(data, set("⾬⻛\t⸺⼀三")) == data
    assert with_right_letters(b"%PDF cut", set("雨")) == b"%PDF cut"


@pytest.mark.parametrize("door", ["户", "戶"])
def test_the_form_that_the_book_has_is_named(door: str) -> None:
    table = b"1 beginbfrange\n<0001> <0002> [<2F3E> <4E09> ]\nendbfrange\n"
    named = with_right_letters(file_with(table), {door, "三"})
    assert b"[<%04X> <4E09> ]" % ord(door) in named


@pytest.mark.skipif(
    not shutil.which("pdftotext") or not shutil.which("pdfinfo"), reason="poppler is not installed"
)
def test_another_reader_finds_the_text(tmp_path: Path) -> None:
    chapter = ExportChapter(1, "风雨", TEXT, None)
    volumes = (ExportVolume("", (chapter,)),)
    path = tmp_path / "book.pdf"
    path.write_bytes(write_pdf(ExportBook("雨巷", Language.CHINESE, volumes, "某人")))
    read = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    assert read.stderr == ""
    found = "".join(read.stdout.split())
    assert not [letter for letter in found if "\u2e80" <= letter <= "\u2fdf"]
    assert "".join(TEXT.split()) in found
    assert "\t" not in read.stdout
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Title: +雨巷\nAuthor: +某人\n", told)
