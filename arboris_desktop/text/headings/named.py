"""Headings without a number, known by the mark of all of them: ☆、起风, 【起风】, 正文 起风.

``#Rain`` is one as well, where a space was forgotten in Markdown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from arboris_desktop.text.headings.candidates import HeadingCandidate, Surroundings
from arboris_desktop.text.headings.heading import LIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.levels import Series
from arboris_desktop.text.headings.series import MIN_BODY
from arboris_desktop.text.headings.titles import clean_title
from arboris_desktop.text.patterns import lazy_pattern

_ENOUGH = 3
_CAPITALS = "CAPITALS"
_TITLE = r"(?P<title>[^。！？，；：,;:!?.…]{1,30})"
_FORMS = (
    ("☆", lazy_pattern(rf"[☆★✦✧◆◇■□●○◎※❀✿][\s、.:：]*{_TITLE}")),
    ("#", lazy_pattern(r"#{1,3}(?=[^\W\d_])(?P<title>[^#。！？，；：,;:!?.…]{1,30})")),
    ("章节", lazy_pattern(rf"(?:章节|章節|章|回)[\s:：\-—–_·]+{_TITLE}")),
    ("正文", lazy_pattern(rf"正文[\s:：\-—–_·]+{_TITLE}")),
    ("【】", lazy_pattern(rf"[【\[［]{_TITLE}[】\]］]")),
    ("『』", lazy_pattern(rf"[『〖〈《〔]{_TITLE}[』〗〉》〕]")),
    (
        "（N）",
        lazy_pattern(
            r"(?P<title>[^\W\d_][^。！？，；：,;:!?.…]{0,20}[(（]\s*[一二三四五六七八九十0-9]{1,4}\s*[)）])"
        ),
    ),
)
_CAPITALS_LINE = lazy_pattern(r"[^a-z.!?;:]*[A-Z]{2}[^a-z.!?;:]*")
_MAX_CAPITALS = 60
_MAY_BE = lazy_pattern(r"[#☆★✦✧◆◇■□●○◎※❀✿章回正【\[［『〖〈《〔A-Z]|[^\W\d_].{0,20}[)）]$")


def named_series(around: Surroundings) -> list[Series]:
    """The series of headings that bear a mark, the best first; those in capitals last."""
    found: dict[str, list[HeadingCandidate]] = defaultdict(list)
    for number, line in enumerate(around.lines):
        plain = line.strip()
        if plain and len(plain) <= _MAX_CAPITALS and _MAY_BE.match(plain):
            for form, title in _read(plain, number, around):
                heading = Heading(HeadingKind.CHAPTER, form, "", (), title, doubt=LIKELY)
                found[form].append(HeadingCandidate(number, (heading,), LIKELY))
    made = [_series(form, members, around) for form, members in found.items()]
    return sorted((one for one in made if one), key=lambda one: -len(one.members))


def is_by_choice(series: Series) -> bool:
    """True if a series is so often no heading that only the author can say that it is."""
    return series.form == _CAPITALS


def _read(line: str, number: int, around: Surroundings) -> Iterator[tuple[str, str]]:
    for form, pattern in _FORMS:
        if match := pattern.fullmatch(line):
            yield form, clean_title(match["title"]) or match["title"]
    if _CAPITALS_LINE.fullmatch(line) and around.stands_apart(number):
        yield _CAPITALS, line


def _series(form: str, members: Sequence[HeadingCandidate], around: Surroundings) -> Series | None:
    """The series, if each of them has a text below it and stands after a whole sentence."""
    stops = [*(member.line for member in members[1:]), len(around.lines)]
    bodies = zip(members, stops, strict=True)
    with_text = sum(around.length(one.line + 1, stop) >= MIN_BODY for one, stop in bodies)
    after = sum(around.follows_sentence(member.line) for member in members[1:])
    is_sound = len(members) >= _ENOUGH and with_text == len(members) == after + 1
    differ = sum(a.heading.title != b.heading.title for a, b in pairwise(members))
    if not is_sound or differ < len(members) - 1:
        return None
    return Series(form, HeadingKind.CHAPTER, tuple(members), with_text, 0)
