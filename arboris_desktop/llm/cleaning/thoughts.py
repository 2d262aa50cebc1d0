"""Taking the thinking of reasoning models out of their answers.

Where a server does not do it, each family of models marks its thoughts in its own way. Some chat
templates contain the opening mark, so that the answer has the closing one alone: then all before
it was thought, and what was given of it is withdrawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arboris_desktop.text.patterns import lazy_pattern

_NAMES = (
    "think|thinking|thought|thoughts|thought_process|reason|reasoning|reasoning_process|reflection"
    "|analysis|scratchpad|inner_thoughts|inner_monologue|internal_monologue|seed:think|mm:think"
    "|antml:thinking|antthinking|longcat_think"
)
_LONGEST_MARK = 60

_OPENERS: tuple[tuple[str, str], ...] = (
    (rf"<(?P<name>{_NAMES})(?:\s[^<>]*)?>", r"</{name}\s*>"),
    (r'<details\s+type="reasoning"[^<>]*>', r"</details\s*>"),
    (r"\[think\]", r"\[/think\]"),
    ("◁think▷", "◁/think▷"),
    (r"<\|begin_of_thought\|>", r"<\|end_of_thought\|>"),
    (r"<\|start_thinking\|>", r"<\|end_thinking\|>"),
    (r"<\|think(?:ing)?\|>", r"<\|/think(?:ing)?\|>"),
    (
        r"(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary)[^<]{0,30}<\|message\|>",
        r"(?:<\|start\|>assistant)?<\|channel\|>final[^<]{0,30}<\|message\|>",
    ),
    (r"<\|channel>thought", r"<channel\|>"),
    ("<unused94>thought", "<unused95>"),
    (r"here is my thought process:", r"here is my response:"),
    # The tokens of the format with channels, as some servers leave them behind.
    (r"analysis(?=[A-Z])", r"assistantfinal"),
)
"""What begins a thought, and what ends it; capitals do not matter."""

_CLOSERS = (
    rf"</(?:{_NAMES})\s*>",
    r"\[/think\]",
    "◁/think▷",
    r"<\|end_of_thought\|>",
    r"<\|end_thinking\|>",
    r"<\|/think(?:ing)?\|>",
    r"<\|channel\|>final[^<]{0,30}<\|message\|>",
    r"<channel\|>",
    "<unused95>",
)
_TAG_OPENERS = _OPENERS[:-2]
"""Those that may also stand amid the text: the others are words."""

_OPENING = [
    (re.compile(opener, re.IGNORECASE if name else 0), closer)
    for (opener, closer), name in ((pair, not pair[0].startswith("analysis")) for pair in _OPENERS)
]
_MARK = lazy_pattern(
    "|".join(
        [
            *(rf"(?:{opener})" for opener, _ in _TAG_OPENERS),
            rf"(?P<closing>{'|'.join(_CLOSERS)})",
        ]
    ),
    re.IGNORECASE,
)

_BEGINNINGS = (
    *(f"<{name}" for name in _NAMES.split("|")),
    '<details type="reasoning"',
    "[think]",
    "◁think▷",
    "<|begin_of_thought|>",
    "<|start_thinking|>",
    "<|think|>",
    "<|thinking|>",
    "<|start|>assistant<|channel|>analysis<|message|>",
    "<|channel|>analysis<|message|>",
    "<|channel|>commentary<|message|>",
    "<|channel>thought",
    "<unused94>thought",
)
_WORD_BEGINNINGS = ("here is my thought process:", "analysis")
_ENDINGS = (
    *(f"</{name}>" for name in _NAMES.split("|")),
    "[/think]",
    "◁/think▷",
    "<|end_of_thought|>",
    "<|end_thinking|>",
    "<|/think|>",
    "<|/thinking|>",
    "<|channel|>final<|message|>",
    "<channel|>",
    "<unused95>",
)
_MARKS = (*_BEGINNINGS, *_ENDINGS)


@dataclass(frozen=True, slots=True)
class Sifted:
    """What of an answer is text; ``withdrawn``: all that was given before is not."""

    text: str = ""
    withdrawn: bool = False


class ThoughtFilter:
    """Takes an answer in pieces and gives its text, holding back what may be a mark.

    A thought stands at the beginning or, later, on a line of its own; a mark amid a line is text.
    ``found`` says whether there were thoughts.
    """

    def __init__(self) -> None:
        self._held = ""
        self._closer: re.Pattern[str] | None = None
        self._begun = False
        self._at_line_start = True
        self._inline = 0
        self._stray_end: bool | None = None
        """An end without a beginning was the last that came; whether thoughts were known before,
        so that it may be nothing but a leftover."""
        self.found = False

    def feed(self, text: str) -> Sifted:
        """Takes the next piece."""
        self._held += text
        return self._sift(ended=False)

    def finish(self) -> Sifted:
        """What was held back, at the end of the answer; a thought without end is no text."""
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
                    # It came before text, so that all until it was thought.
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
        """Drops what is thought; true when its end has come."""
        assert self._closer is not None
        found = self._closer.search(self._held)
        if found is None:
            self._held = "" if ended else self._held[-_LONGEST_MARK:]
            return False
        self._held = self._held[found.end() :]
        self._closer = None
        # What follows begins as an answer does, perhaps with another thought.
        self._begun = False
        return True

    def _begin(self, ended: bool) -> bool:
        """Looks whether the text begins with a thought; true when that is known."""
        start = self._held.lstrip()
        if not start and not ended:
            return False
        for opener, closer in _OPENING:
            if found := opener.match(start):
                self._open(found, closer)
                self._held = start[found.end() :]
                return True
        if not ended and _may_begin(start):
            return False
        if self.found:
            # The blank lines between the thinking and the answer are neither.
            self._held = start
        self._begun = True
        return True

    def _open(self, found: re.Match[str], closer: str) -> None:
        name = found.groupdict().get("name")
        pattern = closer.replace("{name}", re.escape(name)) if name else closer
        flags = 0 if closer == "assistantfinal" else re.IGNORECASE
        self._closer = re.compile(pattern, flags)
        self.found = True

    def _text(self, ended: bool) -> tuple[str, bool]:
        """The text until the next mark, and whether there is one."""
        held = self._held
        mark = _MARK.search(held)
        while mark is not None and self._is_text(mark, held):
            mark = _MARK.search(held, mark.end())
        if mark is None:
            keep = 0 if ended else _length_held(held)
            return self._give(len(held) - keep, len(held) - keep), False
        if mark["closing"]:
            self._stray_end = self.found
            self._begun = False
            self.found = True
            return self._give(mark.start(), mark.end()), True
        opener, closer = next(p for p in _OPENING if p[0].match(held, mark.start()))
        found = opener.match(held, mark.start())
        assert found is not None
        self._open(found, closer)
        return self._give(mark.start(), mark.end()), True

    def _is_text(self, mark: re.Match[str], held: str) -> bool:
        """True if a mark is what a novel may contain: a pair of them amid a line."""
        if mark["closing"]:
            is_inline = self._inline > 0
            self._inline -= is_inline
            return is_inline
        before = held[: mark.start()].rstrip(" \t")
        if before.endswith("\n") or (not before and self._at_line_start):
            return False
        self._inline += 1
        return True

    def _give(self, end: int, next_start: int) -> str:
        text, self._held = self._held[:end], self._held[next_start:]
        if text:
            self._at_line_start = text.rstrip(" \t").endswith("\n")
        return text


def without_thinking(text: str) -> str:
    """The part of a whole answer after its thinking."""
    sieve = ThoughtFilter()
    first, last = sieve.feed(text), sieve.finish()
    return last.text if last.withdrawn else first.text + last.text


def _may_begin(start: str) -> bool:
    """True if the text may still turn out to begin with a thought."""
    low = start[:_LONGEST_MARK].lower()
    if any(begin.startswith(low) for begin in (*_BEGINNINGS, *_WORD_BEGINNINGS)):
        return len(start) <= _LONGEST_MARK
    # An opening tag that has attributes, and no end yet.
    is_tag = low.startswith(tuple(f"{begin} " for begin in _BEGINNINGS if begin.startswith("<")))
    is_channel = low.startswith(("<|channel|>", "<|start|>"))
    return (is_tag or is_channel) and ">" not in low[12:] and len(start) < _LONGEST_MARK


def _length_held(text: str) -> int:
    """How many characters at the end may be the beginning of a mark."""
    for mark in "<[◁":
        at = text.rfind(mark, max(0, len(text) - _LONGEST_MARK))
        while at >= 0:
            tail = text[at:].lower()
            if any(each.startswith(tail) and each != tail for each in _MARKS):
                return len(text) - at
            at = text.rfind(mark, max(0, len(text) - _LONGEST_MARK), at)
    return 0
