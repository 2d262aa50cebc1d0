"""Web archives (MHT) of browsers and of Word, and hostile ones."""

from __future__ import annotations

import base64
import quopri
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.preview import BookFile
from arboris_desktop.exchange.reading.formats import WEB_ARCHIVE, format_of
from tests.support.parsing import shape, texts

PROSE = "天色已经暗了下来，老周把店门的木板一块一块装上去。"
PAGE = (
    "<html><head><title>雨巷</title></head><body>"
    f"<h2>第一章 甲屋</h2><p>{PROSE}</p><img src=3D.png>"
    f"<h2>第二章 乙巷</h2><p>{PROSE}</p></body></html>"
)


def part(kind: str, encoding: str, body: bytes, **headers: str) -> MIMEBase:
    made = MIMEBase(*kind.split("/"))
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made["Content-Transfer-Encoding"] = encoding
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    made.set_payload(packed[encoding](body).decode("ascii"))
    return made


def archive(*parts: MIMEBase, opening: str = "", start: str = "") -> bytes:
    whole = MIMEMultipart("related")
    if start:
        whole.set_param("start", start)
    for one in parts:
        whole.attach(one)
    return opening.encode() + whole.as_bytes()


def page(charset: str, encoding: str = "quoted-printable", **headers: str) -> MIMEBase:
    made = part("text/html", encoding, PAGE.encode(charset or "utf-8"), **headers)
    if charset:
        made.set_param("charset", charset)
    return made


def within(inner: MIMEBase) -> MIMEBase:
    outer = MIMEMultipart("alternative")
    outer.attach(inner)
    return outer


def picture() -> MIMEBase:
    return part("image/png", "base64", b"\x89PNG" * 40, Content_Location="http://x/a.png")


FRAME = part("text/html", "base64", b"<html><body><p>An advertisement.</p></body></html>")

ARCHIVES = {
    "a browser's": archive(page("utf-8"), picture(), opening="From: <Saved by Blink>\r\n"),
    "an old browser's": archive(page("gb2312"), opening='From: "Saved by Windows"\nSubject: 1\n'),
    "Word's": archive(page("gbk", "base64"), picture()),
    "no charset": archive(page("")),
    "a charset that does not fit": archive(page("utf-8", Content_Type="text/html; charset=ascii")),
    "a charset of no text": archive(page("utf-8", Content_Type="text/html; charset=punycode")),
    "the first named last": archive(FRAME, page("utf-8", Content_ID="<main>"), start="<main>"),
    "one within another": archive(within(page("utf-8"))),
}


@pytest.mark.parametrize("kind", ARCHIVES)
@pytest.mark.parametrize("name", ["page.mht", "page.mhtml", "page"])
def test_the_page_of_an_archive_is_read(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(ARCHIVES[kind])
    book = read_book(path)
    assert book.title == "雨巷"
    assert shape(book) == [("", ["甲屋", "乙巷"])]
    assert texts(book) == [PROSE, PROSE]
    found = BookFile(path).preview()
    assert (found.form, [one.code for one in found.warnings]) == ("mht", ["images"])
    assert not BookFile(path).has_encoding()


def test_a_letter_in_a_novel_is_no_web_archive() -> None:
    text = "From: Anna\nTo: Ben\nSubject: The ship\n\nIt sails. MIME-Version: 1.0 means nothing.\n"
    assert format_of(text.encode(), ".txt") is not WEB_ARCHIVE


WHOLE = ARCHIVES["a browser's"]
DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
BY_RETURNS = DEEP.replace("\n", "\r")
LONG = "Content-Type: text/html" + ";" * 2_000_000 + "\n\n<p>x</p>"
FOLDED = "Content-Type: text/html" + ";a=b\n " * 200_000 + "\n\n<p>x</p>"
MESSAGES = "Content-Type: message/rfc822\n\n" * 5000
HEADERS = "X: y\n" * 300_000 + "\n"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("data", "words"),
    [
        *((WHOLE[: len(WHOLE) * share // 10], "page.mht: ") for share in range(1, 10)),
        (b"MIME-Version: 1.0\n" + DEEP.encode(), "not one that a browser"),
        (b"MIME-Version: 1.0\r\n" + BY_RETURNS.encode(), "not one that a browser"),
        (b"MIME-Version: 1.0\n" + MESSAGES.encode(), "not one that a browser"),
        (b"MIME-Version: 1.0\n" + LONG.encode(), "not one that a browser"),
        (b"MIME-Version: 1.0\n" + FOLDED.encode(), "not one that a browser"),
        (b"MIME-Version: 1.0\n" + HEADERS.encode(), "no page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n", "damaged"),
        (archive(picture()), "no page"),
        (archive(part("text/html", "base64", b"")), "no text"),
    ],
)
def test_one_that_is_cut_or_hostile_is_refused_at_once(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "page.mht"
    path.write_bytes(data)
    with pytest.raises(ArborisError, match=words):
        read_book(path)


@pytest.mark.timeout(60)
def test_a_page_that_claims_the_encoding_of_names_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<html><meta charset=punycode><p>a-" + b"b9" * 500_000 + b"</p></html>")
    assert texts(read_book(path))[0].startswith("a-b9b9")
