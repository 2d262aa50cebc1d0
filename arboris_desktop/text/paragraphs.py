"""Paragraphs as files mark them, and how a file is brought to one way of marking them.

``form`` brings the result into the form in which texts are stored, which has one blank line
between paragraphs and ``* * *`` between scenes. Here: a paragraph is one line, a blank line parts
paragraphs. A single line end inside a paragraph is meant (verse, an address); two blank lines are a
scene break without a mark. Marks such as ``* * *`` are paragraphs like others. Lines have no
indentation and no trailing space.

Files come in three layouts, told apart by counting:

- *spaced*: blank lines between the paragraphs; adjacent lines are verse and stay so;
- *lines*: every line is a paragraph (usual for Chinese novels); a blank line is a scene break;
- *wrapped*: lines broken at a fixed width (Project Gutenberg, old mail). Two lines belong
  together if the next word would not have fitted on the first; others, as in verse, stay apart.

Two trailing spaces force a line end inside a paragraph, as in Markdown: so the exporter writes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

PARAGRAPH = "\n\n"
SCENE = "\n\n\n"
LINE = "\n"

_WIDE = lazy_pattern(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]"
)
_SENTENCE_END = lazy_pattern(r"[.!?。！？…:：;；—][\"'”’」』)）】]*$")
_JOINS_WITHOUT_SPACE = lazy_pattern(r"\S[-—–]$")

_MIN_WRAP_COLUMNS = 30
_MAX_WRAP_COLUMNS = 170
_MIN_PAIRS = 6
"""Fewer adjacent lines do not show that a text is wrapped."""
_HARDLY_ANY = 30
"""Fewer than one blank line in so many do not part the paragraphs."""

_FULL = 0.85
"""A line that would pass this share of the width with the next word on it was broken there."""


@record
class Layout:
    """The way in which a file marks its paragraphs. The default is the form inside the program.

    ``wrap_columns`` is the width at which lines are broken, 0 if they are not; where they are and
    ``lines_are_paragraphs``, a paragraph starts with a line indented more than ``indentation``; or
    after a line that is not full, where nothing else parts paragraphs (``short_lines_end``).
    """

    usual_blanks: int = 1
    lines_are_paragraphs: bool = False
    wrap_columns: int = 0
    indentation: int = 0
    trusts_forced_lines: bool = False
    short_lines_end: bool = False

    def compose(self, lines: Iterable[str]) -> str:
        """The lines of a chapter as text in the form described above."""
        pieces: list[str] = []
        previous: str | None = None
        for blanks, line in _with_blanks_before(lines):
            if previous is not None:
                pieces.append(self._separator(previous, blanks, line))
            pieces.append(line.strip())
            previous = line
        return "".join(pieces)

    def _separator(self, previous: str, blanks: int, line: str) -> str:
        if blanks > self.usual_blanks:
            return SCENE
        if blanks:
            return PARAGRAPH
        if self.trusts_forced_lines and _is_forced(previous):
            return LINE
        if self.wrap_columns:
            return self._separator_in_wrapped(previous, line)
        return PARAGRAPH if self.lines_are_paragraphs else LINE

    def _separator_in_wrapped(self, previous: str, line: str) -> str:
        if self.lines_are_paragraphs and _indentation(line) > self.indentation:
            return PARAGRAPH
        if not _was_full(previous, line, self.wrap_columns):
            return PARAGRAPH if self.short_lines_end else LINE
        return _joint(previous.rstrip(), line.lstrip())


def measure(bodies: Sequence[Sequence[str]], *, markdown: bool = False) -> Layout:
    """Finds the layout of a file by counting over the lines between its headings."""
    trusts = markdown or not any(_ends_forced(body) for body in bodies)
    gaps: Counter[int] = Counter()
    pairs: list[tuple[str, str]] = []
    for body in bodies:
        previous = ""
        for blanks, line in _with_blanks_before(body):
            if previous and (blanks or not (trusts and _is_forced(previous))):
                gaps[blanks] += 1
                if not blanks:
                    pairs.append((previous, line))
            previous = line
    return _layout(gaps, pairs, trusts)


def measure_blocks(bodies: Sequence[Sequence[str]]) -> Layout:
    """Finds how many blank paragraphs are usual in a format in which each line is a paragraph."""
    gaps = Counter(
        blanks for body in bodies for blanks, _line in list(_with_blanks_before(body))[1:]
    )
    usual = _usual_blanks(gaps, lines_are_paragraphs=2 * gaps[0] > gaps.total())
    return Layout(usual, lines_are_paragraphs=True)


def normalise(text: str) -> str:
    """A text that the author or a model wrote, in the form described above."""
    return Layout().compose(text.split("\n"))


def ends_sentence(line: str) -> bool:
    """True if a paragraph may end with this line."""
    return _SENTENCE_END.search(line.rstrip()) is not None


def columns(line: str) -> int:
    """The width of a line on a terminal, where Chinese characters take two columns."""
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))


def is_wide(character: str) -> bool:
    """True if a character is Chinese or takes the room of such a one."""
    return _WIDE.match(character) is not None


def has_wide(line: str) -> bool:
    """True if a line has Chinese in it."""
    return _WIDE.search(line) is not None


def joined(line: str, following: str) -> str:
    """Two lines of one paragraph as one, with a space between where their script has spaces."""
    if not line or not following:
        return line + following
    return f"{line}{_joint(line, following)}{following}"


def in_a_row(*sentences: str) -> str:
    """Sentences behind each other: in Chinese no space follows their full stops."""
    return reduce(joined, filter(None, sentences), "")


def _with_blanks_before(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with the number of blank lines before it."""
    blanks = 0
    for line in lines:
        if line.strip():
            yield blanks, line
            blanks = 0
        else:
            blanks += 1


def _is_forced(line: str) -> bool:
    return line.endswith("  ") and not line.endswith("   ")


def _ends_forced(body: Sequence[str]) -> bool:
    """True if a paragraph ends with two spaces, which then mean nothing in this file."""
    return any(
        _is_forced(line) and line.strip() and not after.strip()
        for line, after in pairwise([*body, ""])
    )


def _layout(gaps: Counter[int], pairs: list[tuple[str, str]], trusts: bool) -> Layout:
    spaced = gaps.total() - gaps[0]
    indentation = _continued_indentation(pairs)
    continued = [pair for pair in pairs if _indentation(pair[1]) <= indentation]
    wrap_columns = _wrap_columns(continued)
    indented = len(pairs) - len(continued)  # paragraphs that begin without a blank line
    nothing_parts = bool(wrap_columns) and not indented and spaced * _HARDLY_ANY < gaps[0]
    lines_are_paragraphs = nothing_parts or indented > spaced if wrap_columns else gaps[0] > spaced
    return Layout(
        usual_blanks=_usual_blanks(gaps, lines_are_paragraphs),
        lines_are_paragraphs=lines_are_paragraphs,
        wrap_columns=wrap_columns,
        indentation=indentation if wrap_columns else 0,
        trusts_forced_lines=trusts,
        short_lines_end=nothing_parts,
    )


def _usual_blanks(gaps: Counter[int], lines_are_paragraphs: bool) -> int:
    """The number of blank lines that part paragraphs: 0 or 1, or more if nearly all the gaps are
    larger."""
    if lines_are_paragraphs:
        return 0
    spaced = gaps.total() - gaps[0]
    if spaced < 20 or gaps[1] * 10 > spaced:
        return 1
    return max((blanks for blanks in gaps if blanks), key=gaps.__getitem__)


def _wrap_columns(pairs: list[tuple[str, str]]) -> int:
    """The width at which adjacent lines were broken, or 0 if they were not broken by a width.

    Verse is told from prose by what comes after a full line: prose goes on in the middle of a
    sentence, which in Latin script shows in a small letter.
    """
    if len(pairs) < _MIN_PAIRS:
        return 0
    widths = sorted(columns(previous.rstrip()) for previous, _ in pairs)
    width = widths[int(len(widths) * 0.95)]
    if not _MIN_WRAP_COLUMNS <= width <= _MAX_WRAP_COLUMNS:
        return 0
    full = [pair for pair in pairs if _was_full(*pair, width)]
    going_on = sum(_goes_on(*pair) for pair in full)
    if len(full) < 0.6 * len(pairs) or going_on < 0.5 * len(full):
        return 0
    return width


def _continued_indentation(pairs: list[tuple[str, str]]) -> int:
    """The indentation of lines that continue a paragraph: about the least that occurs."""
    indentations = sorted(_indentation(line) for _, line in pairs)
    return indentations[len(pairs) // 10] if pairs else 0


def _was_full(previous: str, line: str, width: int) -> bool:
    start = line.lstrip()
    first_word = start[0] if _WIDE.match(start) else start.split(" ", 1)[0]
    return columns(previous.rstrip()) + 1 + columns(first_word) > _FULL * width


def _goes_on(previous: str, line: str) -> bool:
    start = line.lstrip()
    if _WIDE.match(start):
        return not ends_sentence(previous)
    return start[0].islower()


def _indentation(line: str) -> int:
    return columns(line[: len(line) - len(line.lstrip())])


def _joint(previous: str, line: str) -> str:
    end = previous[-2:]  # not all of a paragraph, which may be of a million lines
    if _WIDE.match(end[-1]) or _WIDE.match(line[0]) or _JOINS_WITHOUT_SPACE.search(end):
        return ""
    return " "
