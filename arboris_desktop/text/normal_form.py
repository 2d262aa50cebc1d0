r"""The normal form in which texts are stored, and normalising any text.

Paragraphs are parted by one blank line. Within a line ``*italic*`` and ``**bold**`` are marks where
they are well formed, and every other star is written ``\*``. A break between scenes is a paragraph
``* * *``. A line end within a paragraph is meant, as in verse; in Chinese each line is a paragraph.
Lines have no white space at their edges. Nothing else is markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.emphasis import read_runs, write_line
from arboris_desktop.text.paragraphs import LINE, PARAGRAPH, measure
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import SCENE_BREAK, with_scene_breaks

_LINE_ENDS = lazy_pattern("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028]")
_STARS = lazy_pattern(r"[^\S\n]*(?:\*[^\S\n]*){3,}")
_LEAST_USUAL = 3
"""Two blank lines are what parts paragraphs in a text that has them so often, and most often."""


def normalised_text(text: str, language: Language) -> str:
    """The text in that form. One that is in it comes back as it is."""
    return _composed(_plain_ends(text), lines_are_paragraphs=language is Language.CHINESE)


def normalised_input(text: str, language: Language) -> str:
    """Brings a text that a model wrote or that was pasted into that form: lines that were broken at
    a width are joined, and marks between scenes, however they are written, become the one."""
    text = _plain_ends(text)
    # Joining some lines may show how others are meant; there are fewer line ends each time.
    while (laid_out := _laid_out(text, language)) != text:
        text = laid_out
    return text


def is_stars(text: str) -> bool:
    """True if a paragraph is nothing but stars: a break between scenes."""
    return _STARS.fullmatch(text) is not None


def _plain_ends(text: str) -> str:
    return _LINE_ENDS.sub(LINE, text.replace("\u2029", PARAGRAPH))


def _laid_out(text: str, language: Language) -> str:
    lines = text.split(LINE)
    layout = measure([lines])
    if layout.wrap_columns:
        text = layout.compose(lines)
    apart = language is Language.CHINESE or layout.lines_are_paragraphs
    composed = _composed(text, lines_are_paragraphs=apart and not layout.wrap_columns)
    return normalised_text(with_scene_breaks(composed), language)


def _composed(text: str, *, lines_are_paragraphs: bool) -> str:
    pieces: list[str] = []
    paragraph: list[str] = []
    lines = list(_lines(text))
    breaks = _scene_gap(blanks for blanks, _line in lines[1:])
    for blanks, line in lines:
        stars = line == SCENE_BREAK
        if paragraph and (blanks or lines_are_paragraphs or stars or paragraph[-1] == SCENE_BREAK):
            pieces.append(LINE.join(paragraph))
            if blanks == breaks and not stars and paragraph[-1] != SCENE_BREAK:
                pieces.append(SCENE_BREAK)
            paragraph = []
        paragraph.append(line)
    pieces.append(LINE.join(paragraph))
    return PARAGRAPH.join(piece for piece in pieces if piece)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with words, each with the number of blank lines before it."""
    blanks = 0
    for line in text.split(LINE):
        plain = line.strip()
        if plain:
            yield blanks, _formed(plain)
        blanks = 0 if plain else blanks + 1


def _formed(line: str) -> str:
    if "*" not in line:
        return line
    runs = list(read_runs(line))
    return SCENE_BREAK if is_stars("".join(run.text for run in runs)) else write_line(runs)


def _scene_gap(gaps: Iterator[int]) -> int:
    """The number of blank lines that stands for a break between scenes; -1 if none does."""
    counted = Counter(gaps)
    usual = counted[2] >= _LEAST_USUAL and 2 * counted[2] > counted.total()
    return -1 if usual else 2
