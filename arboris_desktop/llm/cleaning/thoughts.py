"""Removing the thoughts of reasoning models from their answers.

Some chat templates contain the opening mark, so that the answer has only the closing one: then
everything before it was thought, and what was already returned is withdrawn.
"""

from __future__ import annotations

import re

from arboris_desktop.domain.record import record
from arboris_desktop.llm.cleaning.thought_marks import (
    FRAME,
    LONGEST_MARK,
    MARK,
    OPENING,
    PART_OF_FRAME,
    is_doubtful,
    length_held,
    may_begin,
)


@record
class Sifted:
    """A piece of text; ``withdrawn`` means that everything returned before was not text."""

    text: str = ""
    withdrawn: bool = False


class ThoughtFilter:
    """Reads an answer in pieces and returns its text, holding back what may be a mark.

    A thought stands at the beginning or, later, on a line of its own; a mark amid a line is text.
    ``found`` says whether there were thoughts.
    """

    def __init__(self) -> None:
        self._held = ""
        self._closer: re.Pattern[str] | None = None
        self._begun = False
        self._at_line_start = True
        self._inline = 0
        self._doubtful = ""
        self._stray_end: bool | None = None
        """Set if the last mark was a closing one without an opening one; holds whether thoughts
        were known before, in which case it may be a leftover."""
        self.found = False

    def feed(self, text: str) -> Sifted:
        """Takes the next piece."""
        self._held += text
        return self._sift(ended=False)

    def finish(self) -> Sifted:
        """Returns what was held back, once the answer has ended; an unfinished thought is not
        text."""
        return self._sift(ended=True)

    def _sift(self, *, ended: bool) -> Sifted:
        given: list[str] = []
        withdrawn = False
        while True:
            if self._closer is not None:
                if not self._leave_thought(ended):
                    break
            elif not self._begun:
                if not self._begin(ended):
                    break
            else:
                if self._stray_end is not None and self._held:
                    # The closing mark came before text, so that everything before it was thought.
                    self._stray_end = None
                    given.clear()
                    withdrawn = True
                piece, has_mark = self._text(ended)
                given.append(piece)
                if not has_mark:
                    break
        if ended and self._stray_end is False:
            return Sifted(withdrawn=True)
        return Sifted("".join(given), withdrawn)

    def _leave_thought(self, ended: bool) -> bool:
        """Discards what is thought; returns true at its end."""
        assert self._closer is not None
        found = self._closer.search(self._held)
        if found is None and self._doubtful:
            return ended and self._take_back()
        if found is None:
            self._held = "" if ended else self._held[-LONGEST_MARK:]
            return False
        self._doubtful = ""
        self._held = self._held[found.end() :]
        self._closer = None
        # What follows begins like an answer, perhaps with another thought.
        self._begun = False
        return True

    def _take_back(self) -> bool:
        """Treats what was taken for a thought, and never ended, as text."""
        self._held = self._doubtful + self._held
        self._doubtful, self._closer, self._begun = "", None, True
        return True

    def _begin(self, ended: bool) -> bool:
        """Checks whether the text begins with a thought; returns true once that is known."""
        start = self._held.lstrip()
        if not start and not ended:
            return False
        frame = FRAME.match(start)
        for at in (0, frame.end()) if frame else (0,):
            for opener, closer in OPENING:
                if found := opener.match(start, at):
                    self._open(closer)
                    if is_doubtful(found[0]):
                        self._doubtful = start[: found.end()]
                    self._held = start[found.end() :]
                    return True
            if not ended and (may_begin(start[at:]) or PART_OF_FRAME.fullmatch(start[at:])):
                return False
        if self.found:
            # The blank lines between thoughts and answer belong to neither.
            self._held = start
        self._begun = True
        return True

    def _open(self, closer: re.Pattern[str]) -> None:
        self._closer = closer
        self.found = True

    def _text(self, ended: bool) -> tuple[str, bool]:
        """Returns the text up to the next mark, and whether there is one."""
        held = self._held
        mark = MARK.search(held)
        while mark is not None and self._is_text(mark, held):
            mark = MARK.search(held, mark.end())
        if mark is None:
            keep = 0 if ended else length_held(held)
            return self._give(len(held) - keep, len(held) - keep), False
        if mark["closing"]:
            self._stray_end = self.found
            self._begun = False
            self.found = True
            return self._give(mark.start(), mark.end()), True
        opener, closer = next(p for p in OPENING if p[0].match(held, mark.start()))
        found = opener.match(held, mark.start())
        assert found is not None
        self._open(closer)
        return self._give(mark.start(), found.end()), True

    def _is_text(self, mark: re.Match[str], held: str) -> bool:
        """True if a novel may contain the mark: a pair of marks amid a line."""
        if mark["closing"]:
            is_inline = self._inline > 0
            self._inline -= is_inline
            return is_inline
        before = held[: mark.start()].rstrip(" \t")
        at_line_start = before.endswith("\n") or (not before and self._at_line_start)
        if at_line_start and not is_doubtful(mark[0]):
            return False
        self._inline += 1
        return True

    def _give(self, end: int, next_start: int) -> str:
        text, self._held = self._held[:end], self._held[next_start:]
        if bare := text.rstrip(" \t"):
            self._at_line_start = bare.endswith("\n")
        return text


def without_thinking(text: str) -> str:
    """Returns the part of a complete answer that follows the thoughts."""
    sieve = ThoughtFilter()
    first, last = sieve.feed(text), sieve.finish()
    return last.text if last.withdrawn else first.text + last.text
