"""From bytes to clean text: encodings as authors' files have them, and files that are no text."""

from __future__ import annotations

import codecs
import contextlib
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.decoding import MAX_FILE_BYTES, decode


def decode_text(data: bytes) -> str:
    return decode(data).text


CHINESE = (
    "第一章 开端\n\n话说天下大势，分久必合，合久必分。“你来了？”他说。\n"
    "她没有回答，只是看着窗外的雨。\n"
)
TRADITIONAL = (
    "第一章 開端\n\n話說天下大勢，分久必合。「你來了？」他說。\n她沒有回答，只是看著窗外的雨。\n"
)
ENGLISH = "Chapter 1\n\n“Don’t go,” said Élise; the café was closed – for ever…\n"

PROSE = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("\n“”—…éÉ，。　😀"),
    )
)


@given(PROSE)
def test_utf8_is_read_exactly(text: str) -> None:
    assert decode_text(text.encode()) == text
    assert decode_text(codecs.BOM_UTF8 + text.encode()) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@given(text=PROSE)
def test_the_byte_order_mark_is_believed(mark: bytes, encoding: str, text: str) -> None:
    assert decode_text(mark + text.encode(encoding)) == text


@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, ENGLISH], ids=["zh", "zh-tw", "en"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312"])
def test_simplified_chinese(encoding: str) -> None:
    assert decode_text(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "cp950"])
def test_traditional_chinese(encoding: str) -> None:
    assert decode_text(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_windows_english_is_not_taken_for_chinese() -> None:
    assert decode_text(ENGLISH.encode("cp1252")) == ENGLISH
    only_apostrophes = "He didn’t know. She wouldn’t say.\n"
    assert decode_text(only_apostrophes.encode("cp1252")) == only_apostrophes


def test_windows_french_is_read() -> None:
    text = "L’été à Évian : « Où êtes-vous ? » Être ou ne pas être, voilà.\n"
    assert decode_text(text.encode("cp1252")) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_does_not_make_nonsense_of_a_novel(encoding: str) -> None:
    text = CHINESE * 50
    data = bytearray(text.encode(encoding))
    data[data.index("雨".encode(encoding))] = 0xFF
    read = decode_text(bytes(data))
    assert "\ufffd" in read
    assert read.endswith(CHINESE * 49)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_in_the_middle_of_a_character(encoding: str) -> None:
    text = CHINESE * 20 + "雨"
    assert decode_text(text.encode(encoding)[:-1]).startswith(CHINESE * 20)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        b"PK\x03\x04\x14\x00\x00\x00" + zlib.compress(b"a chapter" * 500),
        b"\x00" * 4096,
        bytes(range(1, 32)) * 20,
        codecs.BOM_UTF16_LE + b"\x00\xd8" * 50,
    ],
    ids=["png", "zip", "zeros", "controls", "surrogates"],
)
def test_what_is_not_text_or_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(ArborisError) as caught:
        decode_text(data)
    assert caught.value.kind is ErrorKind.FILE_UNREADABLE


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ArborisError, match="64 MiB") as caught:
        decode_text(bytes(MAX_FILE_BYTES + 1))
    assert caught.value.kind is ErrorKind.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("page\x0cpage", "page\npage"),
        ("line\u2028line\u2029para", "line\nline\npara"),
        ("zero\u200bwidth\ufeff and\u2060 soft\u00adhyphen", "zerowidth and softhyphen"),
        ("\u202eright\u202c to left\u200e", "right to left"),
        ("bell\x07 and del\x7f", "bell and del"),
        ("don\u0092t", "don’t"),
        ("tab\tstays", "tab\tstays"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("cafe\u0301 \uf900", "cafe\u0301 \uf900"),
    ],
)
def test_what_is_not_text_is_taken_out(raw: str, clean: str) -> None:
    assert decode_text(raw.encode()) == clean


@settings(deadline=None)  # the library for the last guess is loaded when it is needed
@given(st.binary())
def test_any_bytes_give_clean_text_or_the_error(data: bytes) -> None:
    with contextlib.suppress(ArborisError):  # any other exception fails the test
        text = decode_text(data)
        assert not any(character < " " and character not in "\t\n" for character in text)


def test_an_empty_file_is_empty_text() -> None:
    assert decode_text(b"") == ""
    assert decode_text(codecs.BOM_UTF8) == ""


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Пока все спали, он открыл дверь и вышел в сад. " * 10, "cp1251"),
        ("雨が降っていた。彼は黙って窓の外を見ていた。" * 10, "shift_jis"),
        ("비가 내리고 있었다. 그는 말없이 창밖을 바라보았다. " * 10, "cp949"),
    ],
)
def test_other_encodings_are_the_last_guess_and_can_be_chosen(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text
    assert decode(text.encode(encoding), encoding).text == text


def test_a_chosen_encoding_is_followed_and_its_damage_counted() -> None:
    found = decode(CHINESE.encode("gb18030"), "utf-8")
    assert found.encoding == "utf-8"
    assert found.damaged > 0
    with pytest.raises(ArborisError, match="no encoding"):
        decode(b"text", "klingon")


def test_a_few_nuls_are_dropped() -> None:
    assert decode_text(b"text\x00with a NUL") == "textwith a NUL"
    chinese = CHINESE.encode() * 20
    assert decode_text(chinese[:900] + b"\0" + chinese[900:]) == CHINESE * 20


def test_letters_without_a_shape_are_spaces() -> None:
    assert decode_text("\u3164\u3164风\u2800雨".encode()) == "\u3000\u3000风\u3000雨"


def test_pieces_in_two_encodings_are_each_read_in_theirs() -> None:
    first, second = (
        "第一章 起风\n他没有说话，只是走了。\n",
        "第二章 夜雨\n雨下了一夜，他还没有回来。\n",
    )
    for data in (
        first.encode() + second.encode("gb18030"),
        first.encode("gb18030") + second.encode(),
    ):
        assert decode(data).text == first + second


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + CHINESE.encode("gbk"),
        codecs.BOM_UTF16_LE + CHINESE.encode(),
    ],
    ids=["utf-8-before-gbk", "utf-16-before-utf-8"],
)
def test_a_mark_of_another_encoding(data: bytes) -> None:
    assert decode_text(data) == CHINESE


def test_quotation_marks_of_an_old_mac() -> None:
    assert decode_text(3 * ENGLISH.encode("mac_roman")) == 3 * ENGLISH
    accents = "ÓSCAR, Ógra, Õhtu; la ESPAÑA de CÓRDOBA. “Ôter”, said Òscar.\n"
    assert decode_text(3 * accents.encode("cp1252")) == 3 * accents
