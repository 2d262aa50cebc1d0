"""Letters beyond U+FFFF are found in a PDF and copied from it."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.writing.pdf import write_pdf
from arboris_desktop.exchange.writing.pdf_rare_letters import postscript_name, with_rare_letters

TABLE = (
    b"1 beginbfrange\n<0000> <0000> <0000>\n<0001> <0002> [<4ED6> <53BB> ]\nendbfrange\nendcmap\n"
)


def file_with(signs: int) -> bytes:
    """A file with a font of so many signs, whose table is the sixth object, as Qt writes it."""
    bits = int("1" * signs + "0" * (-signs % 8), 2).to_bytes((signs + 7) // 8)
    objects = {
        3: b"<< /Type /FontDescriptor\n/CIDSet 7 0 R\n>>",
        4: b"<< /Type /Font\n/FontDescriptor 3 0 R\n>>",
        5: b"<< /Type /Font\n/BaseFont /Some-Serif\n/Encoding /Identity-H\n"
        b"/DescendantFonts [4 0 R]\n/ToUnicode 6 0 R>>",
        7: b"<<\n/Length %d\n>>\nstream\n%s\nendstream" % (len(bits), bits),
    }
    return b"%PDF-1.6\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in objects.items()
    )


def test_signs_without_a_letter_are_the_rare_ones_in_order() -> None:
    table = with_rare_letters(file_with(5), 6, TABLE, {"Some-Serif": ["𠮷", "𪚥"]})
    named = b"2 beginbfchar\n<0003> <D842DFB7>\n<0004> <D869DEA5>\nendbfchar\nendcmap\n"
    assert table.endswith(b"endbfrange\n" + named)


@pytest.mark.parametrize("letters", [["𠮷"], ["𠮷", "𪚥", "𨋢"], []])
def test_nothing_is_named_where_the_numbers_differ(letters: list[str]) -> None:
    data = file_with(5)
    assert with_rare_letters(data, 6, TABLE, {"Some-Serif": letters}) == TABLE
    assert with_rare_letters(data, 6, TABLE, {"Other": ["𠮷", "𪚥"]}) == TABLE
    cut = data[: data.index(b"7 0 obj")]
    assert with_rare_letters(cut, 6, TABLE, {"Some-Serif": ["𠮷", "𪚥"]}) == TABLE
    assert with_rare_letters(b"%PDF cut", 6, TABLE, {"Some-Serif": ["𠮷", "𪚥"]}) == TABLE


def test_a_list_names_a_hundred_at_most() -> None:
    letters = [chr(0x20000 + n) for n in range(250)]
    table = with_rare_letters(file_with(253), 6, TABLE, {"Some-Serif": letters})
    assert [table.count(b"\n%d beginbfchar" % count) for count in (100, 50)] == [2, 1]


def test_the_name_of_a_font_is_in_its_table_of_names() -> None:
    text = "Some-Serif".encode("utf-16-be")
    entries = struct.pack(">6H", 3, 1, 0x409, 1, 4, 0) + struct.pack(">6H", 3, 1, 0x409, 6, 20, 0)
    names = struct.pack(">3H", 0, 2, 30) + entries + text
    assert postscript_name(names) == "Some-Serif"
    assert postscript_name(names[:20]) == ""
    assert postscript_name(b"") == ""


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_another_reader_finds_them(tmp_path: Path) -> None:
    text = "他去𠮷野家吃饭，*𠮷*野家**𠮷**。𝒜 and 𝒜𝒷."
    volumes = (ExportVolume("", (ExportChapter(1, "𠮷日", text, None),)),)
    path = tmp_path / "book.pdf"
    path.write_bytes(write_pdf(ExportBook("雨巷", Language.CHINESE, volumes, "某人")))
    read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    found = "".join(read.stdout.split())
    # A font of the system must have them: what none has is drawn as a box.
    assert found.count("𠮷") in (0, 4)
    assert "吉" not in found
    assert found.count("𝒜") in (0, 2)
