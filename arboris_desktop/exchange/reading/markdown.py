"""Reading Markdown by its blocks; the text is kept, emphasis stays as marks.

A paragraph of Markdown is one paragraph, and its soft line ends are joined; in Chinese, where
authors write each paragraph on one line, a line that ends like a sentence is a paragraph.
Quotations, lists and tables keep their marks literally.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.front_block import read_front_block
from arboris_desktop.exchange.reading.html import blocks_of_html, style_of_tag
from arboris_desktop.text.emphasis import Run, without_needless_escapes, write_runs
from arboris_desktop.text.headings import recognise
from arboris_desktop.text.paragraphs import columns, ends_sentence, has_wide, joined, measure
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK

FORM = "md"

_HEADING = lazy_pattern(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_UNDERLINED = lazy_pattern(r"(?:\A|\n\n)[^\W_].{0,80}\n={3,}[ \t]*(?=\n|\Z)")
_GLUED_HEADING = lazy_pattern(r"(?P<hashes>#{1,6})(?P<text>[^\s#].*)")
_ATTRIBUTES = lazy_pattern(r"\s*\{(?:[#.][^{}\s]+|-|\w+=[^{}\s]+)(?:\s+[^{}]*)?\}$")
"""{#rain .unnumbered}: pandoc's attributes of a heading."""
_PLACE_OF_CONTENTS = lazy_pattern(r"\[TOC\]|\[\[_?TOC_?\]\]|\{:toc\}", re.IGNORECASE)
"""The place where a program shows a table of contents."""
_LONG_SETEXT_COLUMNS = 80
_SOFT = "\ue000"
"""Stands for a soft line end while a paragraph is assembled; it never occurs in files."""


def read_markdown(text: str) -> Manuscript:
    """Returns the blocks of a Markdown text as paragraphs, with the levels of the headings."""
    text = text.replace(_SOFT, "")
    fields, start = read_front_block(text.split("\n"))
    body = "\n".join(text.split("\n")[start:])
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "code", "text_join"])
    blocks = _Blocks(body.split("\n"), is_wrapped=bool(measure([body.split("\n")]).wrap_columns))
    blocks.read(parser.parse(body))
    title, author = fields.get("title", ""), fields.get("author", "")
    return Manuscript(FORM, blocks.lines, blocks.levels, True, title, author)


def count_headings(text: str) -> int:
    """Returns the number of lines that are headings of Markdown: ``# …``, or above ``====``."""
    return len(_HEADING.findall(text)) + len(_UNDERLINED.findall(text))


_STYLES = {
    "em_open": "italic",
    "em_close": "italic",
    "strong_open": "bold",
    "strong_close": "bold",
}


@dataclass(slots=True)
class _Blocks:
    source: Sequence[str]
    is_wrapped: bool
    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)

    def read(self, tokens: Sequence[Token]) -> None:
        """Reads the blocks in order, with the blank lines between them."""
        end = 0
        for block in _top_level(tokens):
            start, after = block[0].map or (end, end)
            self.lines += [""] * (start - end)
            self._read_block(block)
            end = after

    def _read_block(self, block: Sequence[Token]) -> None:
        first = block[0]
        if first.type == "heading_open":
            self._add_heading(int(first.tag[1:]), block[1], is_setext=first.markup in ("-", "="))
        elif first.type == "paragraph_open":
            self._add_paragraph(block[1])
        elif first.type == "hr":
            self.lines.append(SCENE_BREAK)
        elif first.type == "html_block":
            self._add_html(first.content)
        elif first.type == "blockquote_open":
            self._add_quotation(block[1:-1])
        else:
            self._add_source(first)

    def _add_heading(self, level: int, inline: Token, *, is_setext: bool) -> None:
        text = _inline(inline)
        if is_setext and _is_prose(text):
            self._add_lines(text)
            self.lines.append(SCENE_BREAK)
            return
        plain = _ATTRIBUTES.sub("", " ".join(_letters(inline).split()))
        if plain:
            self.levels[len(self.lines)] = level
            self.lines.append(plain)

    def _add_html(self, fragment: str) -> None:
        for block in blocks_of_html(fragment):
            if block.level:
                self.levels[len(self.lines)] = block.level
            self.lines.append(block.text)

    def _add_paragraph(self, inline: Token) -> None:
        glued = _GLUED_HEADING.fullmatch(inline.content.strip())
        if glued and recognise(glued["text"]):
            self.levels[len(self.lines)] = len(glued["hashes"])
            self.lines.append(glued["text"].strip("# "))
        elif not _PLACE_OF_CONTENTS.fullmatch(inline.content.strip()):
            self._add_lines(_inline(inline))

    def _add_lines(self, text: str, mark: str = "") -> None:
        paragraphs = [mark + one for one in _paragraphs(text, is_wrapped=self.is_wrapped)]
        self.lines += [one for one in paragraphs if one.strip()]

    def _add_quotation(self, tokens: Sequence[Token]) -> None:
        for block in _top_level(tokens):
            if block[0].type == "paragraph_open":
                self._add_lines(_inline(block[1]), "> ")
            else:
                self._add_source(block[0])

    def _add_source(self, first: Token) -> None:
        """Adds a list, a table or code: the lines of the file as one paragraph."""
        start, end = first.map or (0, 0)
        lines = [line.strip() for line in self.source[start:end]]
        self.lines += ["\n".join(group) for group in _groups(lines)]


def _top_level(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Groups the tokens by blocks of the lowest depth."""
    depth, start = 0, 0
    for place, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : place + 1]
            start = place + 1


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in [*lines, ""]:
        if line:
            group.append(line)
        elif group:
            yield group
            group = []


def _is_prose(text: str) -> bool:
    """True if the paragraph right above ``---`` is prose, so that the line is a scene break."""
    return _SOFT in text or columns(text) > _LONG_SETEXT_COLUMNS or ends_sentence(text)


def _paragraphs(text: str, *, is_wrapped: bool) -> list[str]:
    """Splits a block into paragraphs: one, or in Chinese each line that ends a sentence."""
    lines = text.split(_SOFT)
    paragraphs = [lines[0].strip()]
    for before, line in pairwise(lines):
        last = before.rstrip()
        ends = line.startswith("\u3000") or (not is_wrapped and ends_sentence(last))
        if has_wide(last) and ends:
            paragraphs.append(line.strip())
        else:
            paragraphs[-1] = joined(paragraphs[-1], line.strip())
    return paragraphs


def _inline(token: Token) -> str:
    """Returns the text of an inline token, with soft line ends as ``_SOFT`` and hard ones as line
    ends."""
    italic = bold = 0
    targets: list[str] = []
    runs: list[Run] = []
    for child in token.children or ():
        style = _STYLES.get(child.type) or style_of_tag(_tag(child))
        step = -1 if child.nesting < 0 or _tag(child).startswith("</") else 1
        italic += step if style == "italic" else 0
        bold += step if style == "bold" else 0
        text = "" if style in ("italic", "bold") else _text(child, targets)
        runs.append(Run(text, italic > 0, bold > 0))
    return without_needless_escapes(write_runs(run for run in runs if run.text))


def _letters(token: Token) -> str:
    """Returns only the words of an inline token: a title has no emphasis and no links."""
    return "".join(
        " " if "break" in child.type or style_of_tag(_tag(child)) == "break" else child.content
        for child in token.children or ()
        if child.type != "html_inline" or style_of_tag(child.content) in ("", "break")
    )


def _tag(token: Token) -> str:
    return token.content if token.type == "html_inline" else ""


def _text(token: Token, targets: list[str]) -> str:
    """Yields the letters of a token; ``targets`` are those of the open links."""
    if token.type == "link_open":
        targets.append("" if token.markup == "autolink" else f"]({_target(token, 'href')})")
        return "[" if targets[-1] else ""
    if token.type == "link_close":
        return targets.pop()
    if token.type == "text_special":
        return token.content.replace("*", r"\*")
    if token.type == "code_inline":
        return f"{token.markup}{token.content}{token.markup}"
    if token.type == "image":
        return f"![{token.content}]({_target(token, 'src')})"
    if token.type in ("softbreak", "hardbreak") or style_of_tag(_tag(token)) == "break":
        return _SOFT if token.type == "softbreak" else "\n"
    return token.content


def _target(token: Token, name: str) -> str:
    title = f' "{token.attrs["title"]}"' if token.attrs.get("title") else ""
    return f"{token.attrs.get(name, '')}{title}"
