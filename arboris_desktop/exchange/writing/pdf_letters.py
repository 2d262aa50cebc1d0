"""The letters that a PDF assigns to its glyphs: what is found, copied and read aloud.

Qt takes the first letter that has the glyph: in Chinese fonts the glyph of 雨 is also that of the
radical ⾬, and the space is a tab. The tables are corrected by an incremental update at the end of
the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set

from arboris_desktop.exchange.writing.pdf_rare_letters import Rare, with_rare_letters

_TABLE = re.compile(rb"/ToUnicode (\d+) 0 R")
_CODE = re.compile(rb"<([0-9A-F]{4})>(?=[ \]])")
_LISTS = re.compile(rb"\[[^\]]*\]")
_STREAM = re.compile(rb" 0 obj\s*<<.*?>>\s*stream\r?\n", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
_PREVIOUS = re.compile(rb"/Prev \d+\s*")

_SHAPES = dict(
    zip(
        "⺟⺠⺝⺣⺫⺼⺾⻁⻄⻅⻆⻉⻋⻌⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
        "⼾⺂⺃⺅⺉⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺞⺡⺦⺨⺭⺯⺰⺹⺺⺿⻂⻈⻐⻖⻟⻠",
        "母民月灬罒肉艹虎西见角贝车辶長镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
        "户乛乚亻刂兀尣尢巳幺彑彐忄扌攵旡歺氵丬犭礻糹纟耂肀艹衤讠钅阝飠饣",
        strict=True,
    )
)
"""Radicals that Unicode encodes as separate characters, and ⼾, for which it only names the older
form of 户."""

_OTHERS = {"\t": " ", "⸺": "——"}


def with_right_letters(data: bytes, letters: Set[str], rare: Rare | None = None) -> bytes:
    """Returns the file with tables that only name ``letters``, if one of these has the glyph.

    ``rare`` are those beyond U+FFFF, which Qt's tables leave out.
    """
    trailer = _TRAILER.search(data[-2000:])
    if trailer is None:
        return data
    update, places = bytearray(), dict[int, int]()
    for number in sorted({int(found[1]) for found in _TABLE.finditer(data)}):
        table = _table(data, number)
        right = with_rare_letters(data, number, _put_right(table, letters), rare or {})
        if right != table:
            places[number] = len(data) + len(update)
            head = f"{number} 0 obj\n<< /Length {len(right)} >>\nstream\n".encode()
            update += head + right + b"\nendstream\nendobj\n"
    if not places:
        return data
    start = len(data) + len(update)
    update += b"xref\n"
    for number, place in places.items():
        update += f"{number} 1\n{place:010} 00000 n \n".encode()
    stated = _PREVIOUS.sub(b"", trailer[1])
    update += b"trailer\n<<" + stated + b"/Prev " + trailer[2] + b"\n>>\n"
    return data + update + f"startxref\n{start}\n%%EOF\n".encode()


def _table(data: bytes, number: int) -> bytes:
    """Returns the table in a stream, which Qt does not compress; nothing if there is none."""
    place = data.find(f"\n{number} 0 obj".encode())
    head = _STREAM.search(data, place) if place >= 0 else None
    if head is None:
        return b""
    end = data.find(b"endstream", head.end())
    return data[head.end() : end] if end >= 0 else b""


def _put_right(table: bytes, letters: Set[str]) -> bytes:
    def named(found: re.Match[bytes]) -> bytes:
        letter = chr(int(found[1], 16))
        right = _right(letter, letters)
        return (
            found[0]
            if right == letter
            else b"<" + right.encode("utf-16-be").hex().upper().encode() + b">"
        )

    return _LISTS.sub(lambda found: _CODE.sub(named, found[0]), table)


def _right(letter: str, letters: Set[str]) -> str:
    if letter in letters:
        return letter
    usual = (_OTHERS.get(letter), _SHAPES.get(letter), unicodedata.normalize("NFKC", letter))
    return next((one for one in usual if one and set(one) <= letters), letter)
