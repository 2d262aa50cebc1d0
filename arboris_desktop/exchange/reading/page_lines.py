"""Lines that stand on every page of a text made from pages: page numbers, and running heads.

They count only where form feeds say where the pages end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from arboris_desktop.text.headings import recognise
from arboris_desktop.text.paragraphs import ends_sentence
from arboris_desktop.text.patterns import lazy_pattern

PAGE_END = "\f"
_LEAST_PAGES = 4
_LEAST_TIMES = 3
_SHARE = 3
"""A running head stands on at least one page in this many: left and right ones differ, and pages
with which chapters begin have none."""
_LONGEST = 80
_EDGE_LINES = 2
_NUMBER = lazy_pattern(r"\d+")
_SPACE = lazy_pattern(r"\s+")

_Page = list[str]
_TOP, _BOTTOM = 0, -1


def without_page_lines(text: str) -> tuple[str, int]:
    """Returns the text without such lines, its pages joined, and the number of lines left out."""
    pages = [page.split("\n") for page in text.split(PAGE_END)]
    left_out = 0
    if len(pages) >= _LEAST_PAGES:
        for edge in (_TOP, _BOTTOM) * _EDGE_LINES:
            left_out += _drop_running(pages, edge)
    if not left_out:
        return text.replace(PAGE_END, "\n"), 0
    return _joined(pages), left_out


def _drop_running(pages: Sequence[_Page], edge: int) -> int:
    """Deletes the lines at one edge of the pages that run through them; returns how many."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, page in enumerate(pages):
        filled = _filled(page)
        if filled and _may_run(page, filled[edge], edge):
            line = _SPACE.sub(" ", page[filled[edge]].strip())
            found[_NUMBER.sub("#", line).casefold()].append((number, filled[edge]))
    running = [places for key, places in found.items() if _runs(key, places, pages)]
    for number, place in (one for places in running for one in places):
        del pages[number][place]
    return sum(map(len, running))


def _may_run(page: _Page, place: int, edge: int) -> bool:
    """True for a short line with room between it and the text, or with a number."""
    line = page[place].strip()
    inward = "".join(
        page[place + 1 : place + 2] if edge == _TOP else page[max(place - 1, 0) : place]
    )
    is_apart = not inward.strip() or _NUMBER.search(line)
    return bool(is_apart) and len(line) <= _LONGEST and not recognise(line)


def _runs(key: str, places: Sequence[tuple[int, int]], pages: Sequence[_Page]) -> bool:
    """True if the line is on enough pages, and a number in it counts them."""
    if len(places) < max(_LEAST_TIMES, len(pages) / _SHARE):
        return False
    if "#" not in key:
        return True
    lines = [pages[number][place] for number, place in places]
    columns = zip(*(map(int, _NUMBER.findall(line)) for line in lines), strict=False)
    return any(_counts(column, [number for number, _place in places]) for column in columns)


def _counts(numbers: Sequence[int], pages: Sequence[int]) -> bool:
    steps = [number - page for number, page in zip(numbers, pages, strict=True)]
    return 5 * steps.count(max(set(steps), key=steps.count)) >= 4 * len(steps)


def _joined(pages: Sequence[_Page]) -> str:
    """Joins the pages, within a paragraph where a sentence goes on."""
    text = ""
    for page in map(_trimmed, pages):
        if not page:
            continue
        last = text.rsplit("\n", 1)[-1]
        goes_on = bool(text) and not ends_sentence(last) and not recognise(page[0])
        text += ("\n" if goes_on else "\n\n") * bool(text) + "\n".join(page)
    return text


def _trimmed(page: _Page) -> _Page:
    filled = _filled(page)
    return page[filled[0] : filled[-1] + 1] if filled else []


def _filled(page: _Page) -> list[int]:
    return [place for place, line in enumerate(page) if line.strip()]
