"""Reading RTF: paragraphs, emphasis and outline levels; everything else is ignored."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.containers import DAMAGED, unreadable
from arboris_desktop.text.emphasis import Run, write_letters

FORM = "rtf"

_TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_PASSED_OVER = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator themedata "
    b"colorschememapping datastore latentstyles pict object header footer headerl headerr headerf "
    b"footerl footerr footerf xmlnstbl mmathPr fldinst wgrffmtfilter filetbl atnid atnauthor "
    b"bkmkstart bkmkend nonshppict shppict pnseclvl".split()
)
_SIGNS = {
    b"par": "\n",
    b"sect": "\n",
    b"line": "\v",
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": "\u3000",
    b"enspace": " ",
    b"cell": " | ",
    b"row": "\n",
}
_CHARSETS = {134: "gb18030", 136: "cp950", 128: "cp932", 129: "cp949", 204: "cp1251", 238: "cp1250"}
_LABELS = (b"listtext", b"pntext")
_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十百千]")
_OF_LEVELS = (b"pard", b"outlinelevel", b"s")
_HEADING_STYLE = re.compile(rb"\{\\s(\d{1,5})\\[^{};]{0,2000}\s[Hh]eading ([1-9]);\}")
"""A style of headings in the list of styles; some programs write no outline level."""
_MAX_DEPTH = 1000
_MAX_ASIDES = 10


@record
class _State:
    """The state within a group of braces."""

    italic: bool = False
    bold: bool = False
    hidden: bool = False
    skipped: bool = False
    skips: int = 1
    font: int = 0


@record
class _Aside:
    """A footnote or text box that is being read; ``runs`` are those of the enclosing paragraph."""

    depth: int
    mark: str
    runs: list[Run]


@dataclass(slots=True)
class _Reader:
    state: _State = field(default_factory=_State)
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    info: dict[str, str] = field(default_factory=dict)
    _label_depth: int = 0
    _label_start: int = 0
    _stack: list[_State] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _level: int = 0
    _to_skip: int = 0
    _field: str = ""
    _optional: bool = False
    _asides: list[_Aside] = field(default_factory=list)
    _below: list[str] = field(default_factory=list)
    _noted: int = 0

    def read(self, data: bytes) -> None:
        for match in _TOKEN.finditer(data):
            if match["hex"]:
                self._add_byte(int(match["hex"], 16))
            elif match["text"]:
                self._add_bytes(match["text"])
            elif match["brace"]:
                self._flush()
                self._turn(match["brace"])
            elif match["word"]:
                number = int(match["number"]) if match["number"] else None
                self._word(match["word"], number)
            elif match["sign"]:
                self._sign(match["sign"])
        self._flush()
        while self._asides:
            self._end_aside()
        self._end_paragraph()

    # --- text ---

    def _add_byte(self, byte: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(byte)

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            encoding = self.fonts.get(self.state.font, self.encoding)
            self._add(self._bytes.decode(encoding, "replace"))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        if self._field:
            self.info[self._field] = self.info.get(self._field, "") + text
        elif not self.state.skipped and not self.state.hidden:
            self._runs.append(Run(text, self.state.italic, self.state.bold))

    def _end_paragraph(self) -> None:
        plain = bool(self._level)
        runs = (replace(one, italic=False, bold=False) if plain else one for one in self._runs)
        text = write_letters(runs).replace("\v", "\n")
        lines = (line.strip() for line in text.split("\n"))
        text = "\n".join(line for line in lines if line).removesuffix(" |")
        if self._level and text:
            self.levels[len(self.lines)] = self._level
        self.lines.append(text)
        self.lines += self._below
        self._below.clear()
        self._runs.clear()

    def _begin_aside(self, mark: str) -> None:
        if len(self._asides) < _MAX_ASIDES:
            self._add(mark.removesuffix(": "))
            self._asides.append(_Aside(len(self._stack), mark, self._runs))
            self._runs = []
            self.state = replace(self.state, skipped=False, italic=False, bold=False)

    def _end_aside(self) -> None:
        aside = self._asides.pop()
        lines = [line.strip() for line in write_letters(self._runs).split("\n")]
        lines = [line for line in lines if line]
        self._below += [aside.mark + " ".join(lines)] if aside.mark else lines
        self._runs = aside.runs

    def _end_label(self) -> None:
        """Keeps the number of a list item; a bullet is not one."""
        label = "".join(run.text for run in self._runs[self._label_start :]).strip()
        del self._runs[self._label_start :]
        if _NUMBER.search(label):
            self._runs.append(Run(f"{label} "))
        self._label_depth = 0

    # --- control ---

    def _turn(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self._stack) > _MAX_DEPTH:
                raise unreadable(f"{DAMAGED}: too many braces within one another")
            self._stack.append(self.state)
        elif self._stack:
            if self._asides and len(self._stack) <= self._asides[-1].depth:
                self._end_aside()
            if len(self._stack) == self._label_depth:
                self._end_label()
            self.state = self._stack.pop()
            self._field = ""
        self._optional = False

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._optional = True
        elif sign == b"~":
            self._flush()
            self._add(" ")
        elif sign == b"_":
            self._add_bytes(b"-")
        elif sign in b"\\{}":
            self._add_bytes(sign)
        elif sign in b"\r\n":
            self._flush()
            self._break("\n")

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"u" and number is not None:
            self._unicode(number)
            return
        self._flush()
        if word in _PASSED_OVER or self._optional:
            self.state = replace(self.state, skipped=True)
            self._optional = False
        if word in _LABELS and not self.state.skipped and not self._label_depth:
            self._label_depth, self._label_start = len(self._stack), len(self._runs)
        elif word == b"footnote" and not self.state.skipped:
            self._noted += 1
            self._begin_aside(f"[^{self._noted}]: ")
        elif word == b"shptxt":
            self._begin_aside("")
        elif word in _SIGNS:
            self._break(_SIGNS[word])
        elif word in (b"title", b"author") and self.state.skipped:
            self._field = word.decode("ascii")
        else:
            self._set(word, number)

    def _set(self, word: bytes, number: int | None) -> None:
        is_on = number != 0
        if word == b"i":
            self.state = replace(self.state, italic=is_on)
        elif word == b"b":
            self.state = replace(self.state, bold=is_on)
        elif word in (b"v", b"deleted"):
            self.state = replace(self.state, hidden=is_on)
        elif word == b"plain":
            self.state = replace(self.state, italic=False, bold=False, hidden=False)
        elif word == b"uc":
            self.state = replace(self.state, skips=min(number or 0, 10))
        elif word in _OF_LEVELS:
            self._set_level(word, number)
        elif word == b"info":
            self.state = replace(self.state, skipped=True)
        else:
            self._set_encoding(word, number)

    def _set_level(self, word: bytes, number: int | None) -> None:
        if word == b"pard":
            self._level = 0
        elif word == b"outlinelevel" and number is not None:
            self._level = number + 1 if 0 <= number < 9 else 0
        elif word == b"s" and number is not None and not self.state.skipped:
            self._level = self.styles.get(number, self._level)

    def _set_encoding(self, word: bytes, number: int | None) -> None:
        if word == b"ansicpg" and number:
            self.encoding = _known(f"cp{number}") or self.encoding
        elif word == b"mac":
            self.encoding = "mac-roman"
        elif word == b"f" and number is not None:
            self.state = replace(self.state, font=number)
        elif word == b"fcharset" and number in _CHARSETS:
            self.fonts[self.state.font] = _CHARSETS[number]

    def _break(self, text: str) -> None:
        if self.state.skipped:
            return
        if text == "\n" and not self._asides:
            self._end_paragraph()
        else:
            self._add(text)

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number + 0x10000 if number < 0 else number
        self._add(chr(code) if code <= 0x10FFFF else "\ufffd")
        self._to_skip = self.state.skips


def read_rtf(data: bytes, _encoding: str = "") -> Manuscript:
    """Reads the paragraphs of a Rich Text file."""
    reader = _Reader()
    reader.styles = {int(found[1]): int(found[2]) for found in _HEADING_STYLE.finditer(data)}
    reader.read(data)
    lines = [_joined_surrogates(line) for line in reader.lines]
    title, author = reader.info.get("title", "").strip(), reader.info.get("author", "").strip()
    return Manuscript(FORM, lines, reader.levels, True, title, author)


def _known(encoding: str) -> str:
    try:
        return "gb18030" if encoding == "cp936" else codecs.lookup(encoding).name
    except LookupError:
        return ""


def _joined_surrogates(text: str) -> str:
    """Joins characters that the format writes as surrogate pairs."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
