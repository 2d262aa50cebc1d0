"""Taking the thinking of reasoning models out of their answers.

Where a server does not do it, each family of models marks its thoughts in its own way. Some chat
templates contain the opening mark, so that the answer has the closing one alone: then all before
it was thought, and what was given of it is withdrawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arboris_desktop.text.patterns import lazy_pattern

_STRONG_NAMES = (
    "think|thinking|thought|thoughts|thought_process|thinking_process|think_process|reason"
    "|reasoning|reasoning_process|reflection|analysis|analysis_process|scratchpad|inner_thought"
    "|inner_thoughts|inner_monologue|internal_monologue|internal_thoughts|internal_reasoning"
    "|monologue|chain_of_thought|cot|deepthink|deep_think|seed:think|mm:think|antml:thinking"
    "|antthinking|ant_thinking|longcat_think|r1_think|think_fast|think_slow|thinking_mode"
    "|assistant_thinking|model_thinking|思考|思考过程|推理|推理过程|思维链|思维过程"
)
_NAMES = f"{_STRONG_NAMES}|plan|planning|internal"
"""The last three are no thoughts where they only end."""

_STEMS = (
    "think|thought|reason|rational|reflect|monolog|brainstorm|scratch|思考|思维|推理|생각|推論|denken"
    "|gedanke|réflexion|reflexion|pensée|pensam|razonam|raciocín|размыш|мысл|рассужд"
)
_PART = r"[\w:.\-]{0,24}"
_ANY_NAME = rf"(?!end_)(?:{_NAMES}|{_PART}?(?:{_STEMS}){_PART})"
_ANY_STRONG_NAME = rf"(?:{_STRONG_NAMES}|{_PART}?(?:{_STEMS}){_PART})"
"""Nobody can list what models call their thoughts, in all languages."""

_LONGEST_MARK = 60

_LESS, _MORE, _SLASH = r"(?:\\?<|＜|&lt;)\s?", r"\s?(?:\\?>|＞|&gt;)", r"\\?/\s?"
_TOKEN_NAMES = r"think(?:ing)?|thoughts?|reason(?:ing)?|cot"
_TOKEN_OPENER = rf"(?:(?:begin_of_|start_)?(?:{_TOKEN_NAMES})|(?:{_TOKEN_NAMES})_(?:start|begin))"
_TOKEN_CLOSER = rf"(?:(?:/|end_of_|end_)(?:{_TOKEN_NAMES})|(?:{_TOKEN_NAMES})_end)"
_OF_A_SUMMARY = r"[^<]{0,40}(?:think|thought|reason|思考|推理)[^<]{0,40}"
_FINAL = r"<\|channel\|>final(?:[^<]|<\|constrain\|>){0,30}<\|message\|>"

_OPENERS: tuple[tuple[str, str], ...] = (
    # Some models end what another name began.
    (
        rf"{_LESS}{_ANY_NAME}(?:\s[^<>/]*)?{_MORE}",
        rf"{_LESS}(?:{_SLASH}|end_){_ANY_NAME}{_MORE}",
    ),
    # Nothing was thought.
    (rf"{_LESS}{_ANY_NAME}\s?/{_MORE}", ""),
    (
        rf'<details(?:\s+type="reasoning"[^<>]*>|(?:\s[^<>]*)?>\s*<summary>{_OF_A_SUMMARY}</summary>)',
        r"</details\s*>",
    ),
    (r"\[think(?:ing)?\]", r"\[/think(?:ing)?\]"),
    (
        r"[\[【](?:思考|推理)(?:过程)?(?:开始)?[\]】]",
        r"[\[【](?:/(?:思考|推理)(?:过程)?|(?:思考|推理)(?:过程)?结束)[\]】]",
    ),
    (r"<\|inner_prefix\|>", r"<\|inner_suffix\|>"),
    ("◁think▷", "◁/think▷"),
    (rf"<\|{_TOKEN_OPENER}\|>", rf"<\|{_TOKEN_CLOSER}\|>"),
    (r"<｜begin▁of▁think(?:ing)?｜>", r"<｜end▁of▁think(?:ing)?｜>"),
    (
        r"(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary)[^<]{0,30}<\|message\|>",
        rf"(?:<\|start\|>assistant)?{_FINAL}",
    ),
    (r"<\|channel>thought", r"<channel\|>"),
    ("<unused94>thought", "<unused95>"),
    (r"<!--\s*(?:think|thought|reason)", "-->"),
    (r"```(?:think(?:ing)?|thoughts?|reasoning)[ \t]*\n", r"\n```[ \t]*(?:\n|$)"),
    (r"thinking\.\.\.\s*\n", r"\.\.\.done thinking\."),
    (r"here is my thought process:", r"here is my response:"),
    # The tokens of the format with channels, as some servers leave them behind.
    (r"analysis(?=[A-Z])", r"assistantfinal"),
)
"""Marks that begin a thought, each with the mark that ends it; case does not matter."""

_CLOSERS = (
    rf"{_LESS}{_SLASH}{_ANY_STRONG_NAME}{_MORE}",
    r"\[/think(?:ing)?\]",
    r"[\[【]/(?:思考|推理)(?:过程)?[\]】]",
    "◁/think▷",
    rf"<\|{_TOKEN_CLOSER}\|>",
    r"<｜end▁of▁think(?:ing)?｜>",
    _FINAL,
    r"<channel\|>",
    "<unused95>",
)
_TAG_OPENERS = _OPENERS[:-5]
"""Those that may also stand amid the text: the others are words."""

_DOUBTFUL = lazy_pattern(
    r"[\[【](?:思考|推理)|```|thinking\.\.\.|<!--|<plan|<internal|<details>", re.I
)
"""A novel may begin with one of these: if it has no end, it was none."""

_TAG = lazy_pattern(rf"{_LESS}\w", re.IGNORECASE)
_NAMED_TAG = lazy_pattern(rf"{_LESS}(?:{_NAMES})\b", re.IGNORECASE)

_OPENING = [
    (
        lazy_pattern(opener, 0 if opener.startswith("analysis") else re.IGNORECASE),
        lazy_pattern(closer, 0 if closer == "assistantfinal" else re.IGNORECASE),
    )
    for opener, closer in _OPENERS
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

_LEFT = ("<", "< ", "\\<", "＜", "&lt;")
_TOKENS = ("think", "thinking", "thought", "thoughts", "reason", "reasoning", "cot")
_BEGINNINGS = (
    *(f"{left}{name}" for left in _LEFT for name in _NAMES.split("|")),
    *(f"&lt;{name}&gt;" for name in _NAMES.split("|")),
    *(f"\\<{name}\\>" for name in _NAMES.split("|")),
    '<details type="reasoning"',
    "<details><summary>",
    "<!-- think",
    "<!-- thought",
    "<!-- reason",
    "[think]",
    "[thinking]",
    *(f"{left}{name}{right}" for left, right in ("[]", "【】") for name in ("思考", "推理")),
    *(f"{left}{name}过程{right}" for left, right in ("[]", "【】") for name in ("思考", "推理")),
    "◁think▷",
    *(f"<|{before}{name}|>" for before in ("", "begin_of_", "start_") for name in _TOKENS),
    *(f"<|{name}_{after}|>" for name in _TOKENS for after in ("start", "begin")),
    "<｜begin▁of▁think｜>",
    "<｜begin▁of▁thinking｜>",
    "<|start|>assistant<|channel|>analysis<|message|>",
    "<|channel|>analysis<|message|>",
    "<|channel|>commentary<|message|>",
    "<|channel>thought",
    "<|inner_prefix|>",
    "【思考开始】",
    "[思考开始]",
    "<unused94>thought",
)
_WORD_BEGINNINGS = (
    "here is my thought process:",
    "analysis",
    "thinking...\n",
    "```thinking\n",
    "```think\n",
    "```thought\n",
    "```thoughts\n",
    "```reasoning\n",
)
_ENDINGS = (
    *(
        f"{left}{slash}{name}>"
        for left in _LEFT
        for slash in ("/", "\\/")
        for name in _STRONG_NAMES.split("|")
    ),
    *(f"&lt;/{name}&gt;" for name in _STRONG_NAMES.split("|")),
    *(f"\\<{slash}{name}\\>" for slash in ("/", "\\/") for name in _STRONG_NAMES.split("|")),
    "[/think]",
    "[/thinking]",
    *(f"{left}/{name}{right}" for left, right in ("[]", "【】") for name in ("思考", "推理")),
    *(f"{left}/{name}过程{right}" for left, right in ("[]", "【】") for name in ("思考", "推理")),
    "◁/think▷",
    *(f"<|{before}{name}|>" for before in ("/", "end_of_", "end_") for name in _TOKENS),
    *(f"<|{name}_end|>" for name in _TOKENS),
    "<｜end▁of▁think｜>",
    "<｜end▁of▁thinking｜>",
    "<|channel|>final<|message|>",
    "<channel|>",
    "<unused95>",
)
_MARKS = (*_BEGINNINGS, *_ENDINGS)
_OPEN_ENDED = ("<|channel|>", "<|start|>", "<details", "<!--")
_MARK_BEGINS = "<[◁＜&\\【"

_FRAME = lazy_pattern(
    r"(?:\s*(?:<\|(?!channel|start\b|[a-z_/]*th(?:ink|ought)|[a-z_/]*(?:reason|cot))[^|<>\n]{1,30}\|>|<｜[^｜<>\n]{1,30}｜>|<s>)\s*(?:assistant\b)?\s*)+"
)
"""Tokens of a template that stand before all else."""

_PART_OF_TAG = lazy_pattern(r"</?(?=[^\W\d])[\w:.\-]{0,40}\s?/?$")
"""May become a tag by any name, unless it is one that texts have: ``<i>`` is held until its end."""

_PART_OF_FRAME = lazy_pattern(r"<(?:[|｜][^|｜<>\n]{0,30}[|｜]?)?")


@dataclass(frozen=True, slots=True)
class Sifted:
    """The part of an answer that is text; ``withdrawn``: nothing given before was."""

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
        self._doubtful = ""
        self._stray_end: bool | None = None
        """An end without a beginning was the last that came; whether thoughts were known before,
        so that it may be nothing but a leftover."""
        self.found = False

    def feed(self, text: str) -> Sifted:
        """Takes the next piece."""
        self._held += text
        return self._sift(ended=False)

    def finish(self) -> Sifted:
        """Returns what was held back, at the end of the answer; an unfinished thought is not
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
        if found is None and self._doubtful:
            return ended and self._take_back()
        if found is None:
            self._held = "" if ended else self._held[-_LONGEST_MARK:]
            return False
        self._doubtful = ""
        self._held = self._held[found.end() :]
        self._closer = None
        # What follows begins as an answer does, perhaps with another thought.
        self._begun = False
        return True

    def _take_back(self) -> bool:
        """Takes what was held for a thought, and has no end, for the text that it is."""
        self._held = self._doubtful + self._held
        self._doubtful, self._closer, self._begun = "", None, True
        return True

    def _begin(self, ended: bool) -> bool:
        """Looks whether the text begins with a thought; true when that is known."""
        start = self._held.lstrip()
        if not start and not ended:
            return False
        frame = _FRAME.match(start)
        for at in (0, frame.end()) if frame else (0,):
            for opener, closer in _OPENING:
                if found := opener.match(start, at):
                    self._open(closer)
                    if _is_doubtful(found[0]):
                        self._doubtful = start[: found.end()]
                    self._held = start[found.end() :]
                    return True
            if not ended and (_may_begin(start[at:]) or _PART_OF_FRAME.fullmatch(start[at:])):
                return False
        if self.found:
            # The blank lines between the thinking and the answer are neither.
            self._held = start
        self._begun = True
        return True

    def _open(self, closer: re.Pattern[str]) -> None:
        self._closer = closer
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
        self._open(closer)
        return self._give(mark.start(), found.end()), True

    def _is_text(self, mark: re.Match[str], held: str) -> bool:
        """True if a mark is what a novel may contain: a pair of them amid a line."""
        if mark["closing"]:
            is_inline = self._inline > 0
            self._inline -= is_inline
            return is_inline
        before = held[: mark.start()].rstrip(" \t")
        at_line_start = before.endswith("\n") or (not before and self._at_line_start)
        if at_line_start and not _is_doubtful(mark[0]):
            return False
        self._inline += 1
        return True

    def _give(self, end: int, next_start: int) -> str:
        text, self._held = self._held[:end], self._held[next_start:]
        if bare := text.rstrip(" \t"):
            self._at_line_start = bare.endswith("\n")
        return text


def _is_doubtful(mark: str) -> bool:
    """True if it is a mark of thoughts only where it has an end: by a name that may be a word."""
    is_unknown = _TAG.match(mark) is not None and _NAMED_TAG.match(mark) is None
    return is_unknown or _DOUBTFUL.match(mark) is not None


def without_thinking(text: str) -> str:
    """The part of a whole answer after its thinking."""
    sieve = ThoughtFilter()
    first, last = sieve.feed(text), sieve.finish()
    return last.text if last.withdrawn else first.text + last.text


def _may_begin(start: str) -> bool:
    """True if the text may still turn out to begin with a thought."""
    if len(start) > _LONGEST_MARK:
        return False
    low = start.lower()
    if any(begin.startswith(low) for begin in (*_BEGINNINGS, *_WORD_BEGINNINGS)):
        return True
    if _PART_OF_TAG.match(low):
        return True
    # An opening tag that has attributes, and no end yet.
    is_tag = low.startswith(tuple(f"{begin} " for begin in _BEGINNINGS if begin.startswith("<")))
    is_open = low.startswith(_OPEN_ENDED) and "</summary>" not in low
    return (is_tag and ">" not in low[1:]) or (is_open and not low.endswith("<|message|>"))


def _length_held(text: str) -> int:
    """The number of characters at the end that may be the beginning of a mark."""
    window = text[-_LONGEST_MARK:].lower()
    for at, character in enumerate(window):
        if character in _MARK_BEGINS:
            tail = window[at:]
            is_mark = any(each.startswith(tail) and each != tail for each in _MARKS)
            if is_mark or _PART_OF_TAG.match(tail):
                return len(window) - at
    return 0
